//! A user data script starts with the line that says what runs it.
use crate::catalog::data::ami;
use crate::catalog::kinds::Instance;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "user-data-without-shebang",
    severity: Severity::Warning,
    title: t("#!로 시작하지 않는 사용자 데이터", "User data without a shebang"),
    why: t(
        "cloud-init은 첫 줄을 보고 실행 방법을 정해요. #!/bin/bash 같은 첫 줄이 없으면 스크립트가 실행되지 않아요.",
        "cloud-init looks at the first line: without one such as #!/bin/bash the script is not run.",
    ),
    source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html",
    fixes: true,
    check,
};

/// What cloud-init knows a format by, beside `#!`.
const OPENINGS: [&str; 15] = [
    "<powershell>",
    "<script>",
    "<persist>",
    "<powershellArguments>",
    "version:",
    "[settings",
    "#!",
    "#cloud-config",
    "#cloud-boothook",
    "#include",
    "#part-handler",
    "#upstart-job",
    "## template: jinja",
    "Content-Type:",
    "MIME-Version:",
];

fn check(context: &Context, report: &mut Report) {
    for (id, node, instance) in context.all::<Instance>() {
        let script = &instance.user_data;
        let windows = ami(&instance.ami).is_some_and(|image| image.is_windows());
        if windows || script.trim().is_empty() || OPENINGS.iter().any(|opening| script.starts_with(opening)) {
            continue;
        }
        let name = &node.name;
        let body = script.trim_start();
        let mended = if OPENINGS.iter().any(|opening| body.starts_with(opening)) {
            body.to_owned()
        } else {
            format!("#!/bin/bash\n{body}")
        };
        report
            .note(
                id,
                message!(
                    "인스턴스 {name}의 사용자 데이터가 #!로 시작하지 않아 실행되지 않아요. 첫 줄 맨 앞에 #!/bin/bash를 넣으세요.",
                    "The user data of instance {name} does not start with #! and is not run. Make #!/bin/bash its very first line."
                ),
            )
            .field(id_of!(Instance.user_data))
            .fix(message!("첫 줄 바로잡기", "Mend the first line"), vec![Edit::set(id, id_of!(Instance.user_data), mended.as_str())]);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, two_zones};

    #[test]
    fn fires_on_bare_commands_and_on_a_line_before_the_shebang() {
        for script in ["yum install -y httpd", "\n#!/bin/bash\nyum update -y"] {
            let mut sketch = two_zones();
            sketch.set("web", "user_data", script);
            fires(&RULE, &sketch, &["web"]);
        }
    }

    #[test]
    fn quiet_on_scripts_cloud_config_and_windows() {
        for script in ["#!/bin/bash\nyum update -y", "#cloud-config\npackages: [nginx]", ""] {
            let mut sketch = two_zones();
            sketch.set("web", "user_data", script);
            quiet(&RULE, &sketch);
        }
        let mut sketch = two_zones();
        sketch.set("web", "ami", "windows-2022-x86_64");
        sketch.set("web", "user_data", "<powershell>Get-Date</powershell>");
        quiet(&RULE, &sketch);
    }
}
