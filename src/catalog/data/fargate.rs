//! The task sizes of Fargate, <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html>.

use crate::catalog::Suggestion;
use crate::text::Message;

/// What memory a task of some CPU units may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskSize {
    /// CPU units; 1024 are one vCPU.
    pub cpu: u32,
    /// The smallest memory in MiB.
    pub min: u32,
    /// The largest memory in MiB.
    pub max: u32,
    /// The step between sizes in MiB; 0 where each size is twice the one before.
    pub step: u32,
}

impl TaskSize {
    /// Every memory size in MiB, smallest first.
    pub fn memory(self) -> impl Iterator<Item = u32> {
        let next = move |memory: &u32| {
            let next = if self.step == 0 { memory.saturating_mul(2) } else { memory.saturating_add(self.step) };
            (next <= self.max).then_some(next)
        };
        std::iter::successors(Some(self.min), next)
    }
}

/// All sizes, smallest first.
pub const TASK_SIZES: [TaskSize; 7] = [
    TaskSize { cpu: 256, min: 512, max: 2048, step: 0 },
    TaskSize { cpu: 512, min: 1024, max: 4096, step: 1024 },
    TaskSize { cpu: 1024, min: 2048, max: 8192, step: 1024 },
    TaskSize { cpu: 2048, min: 4096, max: 16_384, step: 1024 },
    TaskSize { cpu: 4096, min: 8192, max: 30_720, step: 1024 },
    TaskSize { cpu: 8192, min: 16_384, max: 61_440, step: 4096 },
    TaskSize { cpu: 16_384, min: 32_768, max: 122_880, step: 8192 },
];

/// The size with some CPU units.
pub fn task_size(cpu: u32) -> Option<TaskSize> {
    TASK_SIZES.into_iter().find(|size| size.cpu == cpu)
}

/// Every memory size as a form proposes it, with the vCPUs that go with it.
pub fn memory_sizes() -> Vec<Suggestion> {
    let mut sizes: Vec<u32> = TASK_SIZES.into_iter().flat_map(TaskSize::memory).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let label = |memory: u32| {
        let fits = TASK_SIZES.into_iter().filter(|size| size.memory().any(|one| one == memory));
        let cpus: Vec<String> = fits.map(|size| (f64::from(size.cpu) / 1024.0).to_string()).collect();
        Message::plain(format!("{} GiB · {} vCPU", f64::from(memory) / 1024.0, cpus.join(", ")))
    };
    sizes.into_iter().map(|memory| Suggestion { value: memory.to_string(), label: label(memory) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sizes_are_those_of_the_table() {
        let of = |cpu| task_size(cpu).unwrap().memory().collect::<Vec<_>>();
        assert_eq!(of(256), [512, 1024, 2048]);
        assert_eq!(of(512), [1024, 2048, 3072, 4096]);
        assert_eq!((of(2048).len(), of(4096).len(), of(16_384).len()), (13, 23, 12));
        assert_eq!(memory_sizes()[0].label.en, "0.5 GiB · 0.25 vCPU");
    }
}
