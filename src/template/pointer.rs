//! JSON pointers: the way to a value of a template, `/Resources/Vpc/Properties/CidrBlock`.

/// The steps of a JSON pointer: `/Resources/A~1B/0`.
pub fn steps(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect()
}

/// A name as a step of a JSON pointer: `A~1B` for `A/B`.
pub fn step(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A JSON pointer from its steps.
pub fn pointer(steps: &[&str]) -> String {
    steps.iter().map(|name| format!("/{}", step(name))).collect()
}
