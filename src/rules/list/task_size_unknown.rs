//! A Fargate task's CPU and memory go together.
use crate::catalog::Value;
use crate::catalog::data::fargate::task_size;
use crate::catalog::kinds::TaskDefinition;
use crate::design::Edit;
use crate::facts::Context;
use crate::rules::{Report, Rule, Severity};
use crate::text::t;
use crate::{id_of, message};

pub const RULE: Rule = Rule {
    id: "task-size-unknown",
    severity: Severity::Error,
    title: t("없는 Fargate 태스크 크기", "Fargate task size that does not exist"),
    why: t(
        "Fargate는 CPU마다 정해진 메모리만 받아요. 다른 조합은 등록되지 않아요.",
        "Fargate takes certain memory sizes for each CPU only. Other pairs cannot be registered.",
    ),
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html",
    fixes: true,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for (id, node, task) in context.all::<TaskDefinition>() {
        let Some(size) = task_size(task.cpu.units()).filter(|_| task.is_fargate()) else { continue };
        if size.memory().any(|memory| memory == task.memory) {
            continue;
        }
        let (name, memory, cpu) = (&node.name, task.memory, f64::from(task.cpu.units()) / 1024.0);
        let (min, max) = (size.min, size.max);
        // The smallest that holds what was asked for, or the largest.
        let nearest = size.memory().find(|fits| *fits >= memory).unwrap_or(max);
        report
            .note(
                id,
                message!(
                    "태스크 정의 {name}의 {cpu} vCPU에는 메모리 {memory} MiB를 쓸 수 없어요. {min} MiB부터 {max} MiB까지의 정해진 크기에서 고르세요.",
                    "{memory} MiB of memory do not go with the {cpu} vCPU of task definition {name}. Choose one of the sizes from {min} to {max} MiB."
                ),
            )
            .field(id_of!(TaskDefinition.memory))
            .fix(
                message!("메모리를 {nearest} MiB로 바꾸기", "Change the memory to {nearest} MiB"),
                vec![Edit::set(id, id_of!(TaskDefinition.memory), Value::Int(i64::from(nearest)))],
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, quiet, tasks};

    #[test]
    fn fires_on_a_pair_that_does_not_exist() {
        let mut n = tasks();
        n.set("task", "cpu", "1024");
        fires(&RULE, &n, &["task"]);
        n.set("task", "memory", "9000");
        fires(&RULE, &n, &["task"]);
    }

    #[test]
    fn quiet_on_a_pair_and_on_instances() {
        let mut n = tasks();
        quiet(&RULE, &n);
        n.set("task", "compatibility", "EC2");
        n.set("task", "memory", "300");
        quiet(&RULE, &n);
    }
}
