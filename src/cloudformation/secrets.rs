//! Values that a template asks not to be shown: defaults of parameters with `NoEcho`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html>

use crate::template::Json;

/// A template with stars in the place of secrets' defaults; nothing where it has none.
pub(super) fn masked(template: &Json) -> Option<Json> {
    let parameters = template.get("Parameters").and_then(Json::as_object)?;
    if !parameters.values().any(is_secret) {
        return None;
    }
    let mut masked = template.clone();
    let parameters = masked.get_mut("Parameters").and_then(Json::as_object_mut);
    let secrets = parameters.into_iter().flat_map(|all| all.values_mut()).filter(|json| is_secret(json));
    for default in secrets.filter_map(|json| json.get_mut("Default")) {
        *default = "****".into();
    }
    Some(masked)
}

fn is_secret(parameter: &Json) -> bool {
    let no_echo = parameter.get("NoEcho");
    let on = no_echo.is_some_and(|on| on.as_bool() == Some(true) || on.as_str() == Some("true"));
    on && parameter.get("Default").is_some()
}
