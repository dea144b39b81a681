//! A person's computer: the parameter for its address.

use super::Irregular;
use crate::catalog::FieldValue;
use crate::catalog::kinds::Laptop;
use crate::cloudformation::{Group, Parameter, Read};
use crate::net::Cidr;
use crate::text::Message;

impl Irregular for Laptop {
    fn parameter(&self, _name: &str) -> Option<(&'static str, Parameter)> {
        let parameter = Parameter {
            group: Group::Access,
            type_name: "String",
            default: self.address.to_string(),
            description: "Your own public address in CIDR form; a single computer ends in /32".to_owned(),
            pattern: r"^(\d{1,3}\.){3}\d{1,3}/\d{1,2}$",
        };
        Some(("Address", parameter))
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        if let Some(address) = read.parameter() {
            self.address = Cidr::from_value(&address.as_str().into())?;
        }
        Ok(())
    }
}
