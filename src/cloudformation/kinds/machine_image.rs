//! A machine image: the parameter for its id.

use super::Irregular;
use crate::catalog::kinds::MachineImage;
use crate::cloudformation::{Group, Parameter};

impl Irregular for MachineImage {
    fn parameter(&self, _name: &str) -> Option<(&'static str, Parameter)> {
        let parameter = Parameter {
            group: Group::Servers,
            type_name: "AWS::EC2::Image::Id",
            default: String::new(),
            description: "Id of an image of your own in this region, such as ami-0123456789abcdef0".to_owned(),
            pattern: "",
        };
        Some(("Id", parameter))
    }
}
