//! A VPC: its further blocks as resources of their own.

use super::Irregular;
use super::security_group::{put_default_rules, read_default_rules};
use crate::catalog::kinds::Vpc;
use crate::cloudformation::{Emit, Read};
use crate::template::object;
use crate::text::Message;

impl Irregular for Vpc {
    fn export(&self, emit: &mut Emit<'_>) {
        for cidr in &self.secondary_cidrs {
            let vpc = emit.reference_to(emit.node());
            let block = object([("VpcId", Some(vpc)), ("CidrBlock", Some(cidr.to_string().into()))]);
            emit.part(Self::block_suffix(*cidr), "AWS::EC2::VPCCidrBlock", block);
        }
        put_default_rules(self, emit);
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        let blocks = read.parts("AWS::EC2::VPCCidrBlock", "VpcId").into_iter().filter_map(|part| part.get("CidrBlock"));
        read_default_rules(self, read);
        self.secondary_cidrs = read.each("secondary_cidrs", blocks, |json| read.parse(json));
        Ok(())
    }
}
