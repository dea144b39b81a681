//! Every parser over a kept corpus, over what chance makes of it, and over files that go on and on: refused or read, written and read again, and
//! never more time and memory than the file is worth.
//!
//! `PROPTEST_CASES` and `PROPTEST_RNG_SEED` say how many mutations there are and which; `cargo xtask fuzz` sets both. The same functions are the
//! targets of cargo-fuzz: `cargo +nightly fuzz run --fuzz-dir tests/fuzz design`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it cannot go on"
)]

#[path = "../properties/draw.rs"]
mod draw;
mod grown;
mod mutate;
mod readers;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use draw::Draw;
use grown::Grown;
use readers::{PARSERS, READERS, Reader};

/// What a parser may need of memory beside the multiple of its input, in bytes, and that multiple.
const MOST: u64 = 64 << 20;
const FOLD: u64 = 20;
/// The stack of a page has 1 MiB; frames without optimisation are a few times as large.
const STACK: usize = if cfg!(debug_assertions) { 4 << 20 } else { 1 << 20 };
/// Bytes of what goes on and on, to see how time grows and how memory does.
const TIMED: usize = if cfg!(debug_assertions) { 12 << 10 } else { 256 << 10 };
const WEIGHED: &[usize] = if cfg!(debug_assertions) { &[96 << 10] } else { &[1 << 20, 4 << 20, 16 << 20] };
/// How many times as long the same may take with twice the input.
const LINEAR: f64 = 3.0;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus")
}

/// The kept files of a reader, in the order of their names.
fn corpus(reader: &str) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder().join(reader)).unwrap_or_else(|error| panic!("{reader}: {error}"));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{reader} has no corpus");
    let read =
        |path: PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap());
    files.into_iter().map(read).collect()
}

fn number(variable: &str, without: u64) -> u64 {
    std::env::var(variable).ok().map_or(without, |text| text.parse().unwrap_or_else(|_| panic!("{variable}: {text}")))
}

/// What reading took: bytes that were held at the same time, and the time of this thread's processor.
struct Cost {
    bytes: u64,
    time: Duration,
}

/// Reads a file with the stack that a page has. What cannot be read soundly is kept, to be looked at.
fn read(name: &str, reader: Reader, bytes: &[u8]) -> Cost {
    let within = || {
        let began = processor_time();
        let held = allocation_counter::measure(|| reader(bytes));
        Cost { bytes: held.bytes_max, time: processor_time().saturating_sub(began) }
    };
    let read = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, within);
        thread.unwrap().join()
    });
    match read {
        Ok(cost) => cost,
        Err(_) => {
            let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}.broken", name.replace([' ', '/'], "-")));
            std::fs::write(&kept, bytes).unwrap();
            panic!("{name}: kept as {}", kept.display());
        }
    }
}

/// The time that this thread has run, not what it waited for others; nothing where the system does not say.
fn processor_time() -> Duration {
    #[cfg(target_os = "linux")]
    if let Ok(text) = std::fs::read_to_string("/proc/thread-self/schedstat")
        && let Some(nanoseconds) = text.split(' ').next().and_then(|number| number.parse().ok())
    {
        return Duration::from_nanos(nanoseconds);
    }
    Duration::ZERO
}

fn is_light(name: &str, cost: &Cost, length: usize) {
    let most = MOST + FOLD * length as u64;
    assert!(
        cost.bytes <= most,
        "{name}: {} KiB for {} KiB, {} KiB at most",
        cost.bytes >> 10,
        length >> 10,
        most >> 10
    );
}

/// Runs everything for each reader, and says all that went wrong.
fn each(of: &str, readers: &[(&'static str, Reader)], run: impl Fn(&str, Reader)) {
    let only = std::env::var("FUZZ_READER").ok();
    let mut failed = Vec::new();
    for (name, reader) in readers.iter().filter(|(name, _)| only.as_ref().is_none_or(|only| only == name)) {
        if catch_unwind(AssertUnwindSafe(|| run(name, *reader))).is_err() {
            failed.push(*name);
        }
    }
    assert!(failed.is_empty(), "{of}: {failed:?}");
}

#[test]
fn whatever_was_kept_is_read_or_refused() {
    each("corpus", &READERS, |name, reader| {
        for (file, bytes) in corpus(name) {
            is_light(&file, &read(&format!("{name} {file}"), reader, &bytes), bytes.len());
        }
    });
}

#[test]
fn whatever_chance_makes_of_it_is_read_or_refused() {
    let (cases, seed) = (number("PROPTEST_CASES", 256), number("PROPTEST_RNG_SEED", 1));
    let designs = corpus("design");
    each("mutations", &READERS, |name, reader| {
        let files = corpus(name);
        for case in 0..cases {
            let mut draw = Draw::new(seed.wrapping_mul(0x1_0000_0000).wrapping_add(case));
            let other = &files[draw.below(files.len())].1;
            let inner = &designs[draw.below(designs.len())].1;
            // Half of what carries a design is damaged within and whole around it.
            let within = draw.one_in(2).then(|| mutate::mutated(inner, other, &mut draw));
            let bytes = within.and_then(|inner| mutate::carried(name, &inner, &mut draw));
            let bytes = bytes.unwrap_or_else(|| mutate::mutated(&files[draw.below(files.len())].1, other, &mut draw));
            let cost = read(&format!("{name} {seed} {case}"), reader, &bytes);
            is_light(&format!("{name} {case}"), &cost, bytes.len());
        }
    });
}

fn grown(of: &str, run: impl Fn(&Grown, &str, Reader)) {
    let all = grown::all();
    each(of, &PARSERS, |name, reader| {
        let ours: Vec<&Grown> = all.iter().filter(|grown| grown.reader == name).collect();
        let mut failed = Vec::new();
        for grown in ours {
            let label = format!("{name}, {}", grown.name);
            if catch_unwind(AssertUnwindSafe(|| run(grown, &label, reader))).is_err() {
                failed.push(label);
            }
        }
        assert!(failed.is_empty(), "{failed:?}");
    });
}

#[test]
fn what_goes_on_and_on_needs_no_more_memory_than_it_is_worth() {
    grown("memory", |grown, label, reader| {
        for size in WEIGHED {
            let bytes = grown.bytes(*size);
            let cost = read(label, reader, &bytes);
            is_light(label, &cost, bytes.len());
        }
    });
}

#[test]
fn twice_as_much_takes_about_twice_as_long() {
    grown("time", |grown, label, reader| {
        let [once, twice] = [TIMED, 2 * TIMED].map(|size| grown.bytes(size));
        let mut seen = Vec::new();
        // The processor is shared: what is slow by chance is not slow each time.
        for _ in 0..5 {
            let [once, twice] = [&once, &twice].map(|bytes| read(label, reader, bytes).time);
            if twice < Duration::from_millis(20) || twice.as_secs_f64() <= LINEAR * once.as_secs_f64() {
                return;
            }
            seen.push((once, twice));
        }
        panic!("{label}: {seen:?}");
    });
}
