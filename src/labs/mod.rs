//! Labs: tasks that teach, break and mark themselves by what a design does, whatever its parts are called.
//!
//! # The lab file
//! A lab is one JSON file, `public/labs/ID.lab.json`; ours and an instructor's are the same. `groundplan lab FILE --check` says whether it is
//! sound. Every text is `{"ko": "…", "en": "…"}`, plain (no tags), in 해요체. Unknown keys are refused with their place.
//!
//! ```json
//! {"groundplan_lab": 1, "id": "first-site", "version": 1, "minutes": 20,
//!  "title": {"ko": "첫 사이트", "en": "A first site"}, "story": {"ko": "…해 주세요.", "en": "…"},
//!  "solution": {"sample": "two-az-vpc"}, "start": {"solution-without": ["n20", "n21"]},
//!  "roles": [{"id": "web", "name": {"ko": "웹 서버", "en": "the web servers"}, "find": {"kind": ["instance"], "tier": ["public"]}}],
//!  "checks": [{"id": "open", "points": 10, "check": {"reaches": {"from": "internet", "to": "web", "by": {"port": 80}}}}]}
//! ```
//!
//! | Key | What it says |
//! |---|---|
//! | `groundplan_lab` | the version of this form: 1 |
//! | `id`, `version`, `title`, `story`, `minutes`, `requires` | its name (also the file's), its edition from 1, what is asked, how long it takes, the ids of labs to do before |
//! | `modes` | of `guided`, `goal`, `find-the-fault`, `exam`, `predict`, `quiz`; guided and goal if nothing is said |
//! | `solution`, `start`, a card's `picture` | `"empty"`, `{"sample": ID}`, `{"design": {…a design file…}}`; also `{"solution-without": [ids]}`, and `{"solution-only": [ids]}`: these and their frames, drawn close together |
//! | `locked` | `[{"node": "n2", "why": text}]`: what of the start cannot be changed |
//! | `palette` | kinds that the palette offers; all if nothing is said |
//! | `roles` | `id`, `name`, `one` (exactly one fills it), `find` (a selector) |
//! | `steps` | `text` and the `checks` that tick it, at least one: such as hold once this step is done, and not only after later ones |
//! | `checks` | `id`, `points`, `check`, and if wanted `says` (in the place of the sentence that the check makes), `needs` (checks that come first: "not yet"), `feedback` (`right`, `wrong`), `hidden` (in exams), `hints`, `cards` |
//! | `hints` of a check | `level` (`concept`, `where`, `how`), `text`, `cost` in points of its check, `when` (a check: the wrong state it is for; of a level the first that fits is given) |
//! | `quiz` | questions: [`Quiz`], [`Ask`] |
//! | `faults` | `class` ([`faults::classes`]), `breaks` (checks that it may make fail), `visible` (may show among the problems) |
//! | `cards` | concept cards: `id`, `title`, `text`, `picture`, `source` (a page of AWS) |
//!
//! # Selectors: whom a role means
//! All that is said must be so: `kind` (list of ids as `groundplan kinds` prints), `category`, `name` (pattern of the Name tag; avoid it, students
//! choose names), `tier` (list of `public`, `private` = out by NAT, `isolated`; of its subnets), `zone` (letter), `in` (role of a frame), `behind`
//! (role of a balancer or target group), `member_of` (role of a security group), `follows` (role of a route table), `uses` and `used_by` (role that a
//! field of it names, that names it), `public_address` (true, false), `fields`, `any` (one of these selectors), `not` (none of these).
//! `fields` has wishes by field id: a value that it equals (a list: that is among it), or conditions: `one_of`, `none_of`, `like`, `min`, `max`,
//! `inside` (a block), `set` (true, false), `role` (it names somebody of it), `rows_min`, `rows_max`, `row`, `no_row` (columns with wishes).
//!
//! Find roles by what the task fixes (kind, tier, what they stand behind), never by what a check tests: who is not found is "not yet". Of several that
//! fit a role for `one`, a resource of the lab's own solution under the same id and name fills it, else the student says which (kept in the
//! submission: [`Choices`]), and until then the best one counts. Where nothing fits, such a resource of the solution still stands for the role, so
//! that a broken design can be talked about; but what a role asks for counts as a check: if all checks that speak of the role hold, the first of
//! them says what it lacks.
//!
//! # Checks
//! An end (`from`, `to`) is `"internet"` or a block (`"192.168.10.0/24"`; every part of it that rules and routes tell apart), an address or a role (a
//! customer gateway stands for all networks behind it); `by` is `{"port": 443}`, `{"protocol": "udp", "port": 53}`, `{"icmp_type": 8}`
//! (`{"protocol": "icmp"}` is a ping); without a port every port is meant where something reaches, and any where it must not.
//!
//! | Check | What holds |
//! |---|---|
//! | `{"reaches": {"from", "to", "by", "how", "others"}}` | each reaches each; `how`: `"each"`, `"any"`, `{"at_least": 2}`. **Others do not**: `others` is `"nobody"` (the default: nobody in the design or on the internet but whom checks of this lab let in, and the internet by no other port), `"inside"` (only the internet must not), `"anybody"` |
//! | `{"does_not_reach": {"from", "to", "by", "except"}}` | none reaches any; with `except` (a list like `by`) by no port of TCP and UDP but these |
//! | `{"only_from": {"from": [ends], "to", "by"}}` | nobody but these, over the whole design and the internet (load balancers and NAT gateways do not begin by themselves): by TCP, UDP and ping unless `by` says one; whoever fills `to` may not reach the others of it either, unless `from` has that role too |
//! | `{"url": {"url", "from", "by", "status", "redirect", "others"}}` | the page is answered, its name, certificate, listener rule and targets included; `by`: answered by this role alone; `status`: a fixed response; `redirect`: where the first answer leads, compared as an address: scheme, host, port (written or not) and path, in host and path `*` stands for anything. Whoever answers is not open to the internet otherwise |
//! | `{"survives": {"lost": "any_zone" or {"each_of": role} or {"all_of": role}, "check": {…}}}` | the check (`reaches`, `does_not_reach`, `url`, `exists`, combined or not) holds for those that are left |
//! | `{"exists": {"what": selector, "min", "max", "zones", "name": text}}` | so many; at least 1 if nothing is said; `max: 0` for none |
//! | `{"addresses": {"of": role, "inside", "disjoint", "apart_from", "usable_min", "usable_max", "zones", "room_for"}}` | the plan of subnets or VPCs |
//! | `{"property": {"of": role, "fields": {…}, "any"}}` | fields of each (or any) are so |
//! | `{"tier": {"of": role, "is": "private"}}` | subnets, or what stands in them, get out so |
//! | `{"builds": {"of": role, "pushes": role, "hands_over": file}}` | the buildspec, read as YAML and its commands as a shell does, builds an image, pushes it to the repository that an environment variable names, and writes a file that is among its artifacts |
//! | `{"names": {"of": role, "like": "web-*"}}` | names fit |
//! | `{"no_findings": {"severity", "rules", "except"}}` | no rule finds anything: errors if nothing is said |
//! | `{"cost": {"under": 100}}`, `{"template": {"resources_max"}}` | US dollars a month; the template keeps to CloudFormation's limits |
//! | `{"teardown": {"first": role, "then": role}}` | can be deleted in this order only |
//! | `{"all": […]}`, `{"any": […]}`, `{"not": …}` | combined |
//!
//! A check that holds in part makes half its points; one that cannot be decided makes none and says so ([`Grade::open`]); an empty design makes
//! none at all. Checks that something is **not** so hold early: let them `needs` what they are about.
//!
//! # A submission
//! What is handed in is a [`Submission`]; its form stands there. Bare designs and templates can be marked too.

mod answers;
pub mod author;
mod cast;
mod check;
pub mod class;
mod course_map;
mod decide;
mod drawing;
pub mod faults;
mod grade;
mod lab;
mod locked;
pub mod mutants;
mod quiz;
mod read;
mod ready;
#[cfg(test)]
mod reasons;
mod said;
mod scene;
pub mod scorm;
mod select;
mod sound;
mod speaks;
pub mod submission;
#[cfg(test)]
mod tests;
mod valid;
mod wish;

pub use answers::QuizMark;
pub use check::{
    Addresses, Blocked, Builds, Check, Cost, Exists, HowMany, Lost, Names, NoFindings, Only, Others, Property, Reaches,
    Request, SeverityName, Survives, Teardown, Template, TierCheck, Traffic, Who,
};
pub use course_map::{Stop, Trail, next_of, trails};
pub use decide::{Decision, Proof, State};
pub use grade::{Grade, Mark, Work, grade};
pub use lab::{Card, Choices, Drawing, FaultUse, Hint, HintLevel, Item, Lab, Lock, Mode, Role, Stage};
pub use quiz::{Ask, Choose, Feedback, On, Order, Predict, Quiz, RouteAsked, Select};
pub use read::{circles, read};
pub use ready::{Cast, Filled, LabError, Ready};
pub use said::{says, sentence};
pub use select::{Conditions, Selector, TierName, Wish};
pub use sound::unsound;
pub use submission::{Seal, Submission, is_submission};

/// The version of the form of lab files.
pub const VERSION: u64 = 1;
/// Bytes a lab file may have.
pub const MAX_BYTES: usize = 5 << 20;
