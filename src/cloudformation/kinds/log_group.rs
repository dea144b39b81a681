//! A log group: how many days it keeps events.

use super::Irregular;
use crate::catalog::kinds::{LogGroup, LogRetention};
use crate::cloudformation::{Emit, Read};
use crate::text::Message;

impl Irregular for LogGroup {
    fn export(&self, emit: &mut Emit<'_>) {
        if let Ok(days) = self.retention.as_str().parse::<u32>() {
            emit.set_property("RetentionInDays", days);
        }
    }

    fn import(&mut self, read: &Read<'_>) -> Result<(), Message> {
        self.retention = read.get("RetentionInDays").map_or(Ok(LogRetention::Never), |days| read.parse(days))?;
        Ok(())
    }
}
