//! A dashboard: its body as one text.

use super::Irregular;
use crate::catalog::kinds::Dashboard;
use crate::catalog::{FieldValue, Value};
use crate::cloudformation::{Emit, Read, pattern};
use crate::text::Message;

impl Irregular for Dashboard {
    fn export(&self, emit: &mut Emit<'_>) {
        let text = if self.body.is_empty() { "{\"widgets\":[]}" } else { self.body.as_str() };
        emit.set_property("DashboardBody", pattern(text));
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        let body = read.raw_pattern("DashboardBody");
        if let Some(body) = body {
            self.body = FieldValue::from_value(&Value::Text(body))?;
        }
        Ok(())
    }
}
