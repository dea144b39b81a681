//! The properties of a resource beside what its type has.
use super::super::evaluate::call;
use super::scalar::{self, Given};
use super::{CONFLICT, Finder, MISSING, UNKNOWN, VALUE, is_nothing, meant, place, refer, step};
use crate::message;
use crate::template::{Json, Object, RuleId};
use crate::text::{Message, Text, t};

const SECRET: RuleId = RuleId::SECRET_IN_CLEAR;

/// Compares properties with their type.
pub(super) fn properties(finder: &mut Finder<'_>, pointer: &str, (type_name, kind): (&str, &Json), properties: &Json) {
    let mut walk = Walk { finder, type_name, kind, untaken: false };
    // What must be there is missed at the resource itself where there are no properties at all.
    walk.value(kind, properties, pointer);
}

struct Walk<'f, 'a, 'k> {
    finder: &'f mut Finder<'a>,
    type_name: &'k str,
    kind: &'k Json,
    /// Whether this is a branch that the parameters as they are do not take: what they are says nothing of it.
    untaken: bool,
}

impl<'k> Walk<'_, '_, 'k> {
    fn value(&mut self, shape: &'k Json, json: &Json, pointer: &str) {
        if self.finder.is_full() {
            return;
        }
        let kind = self.kind;
        let shape = match shape.as_str().and_then(|name| name.strip_prefix('@')) {
            Some(name) => kind.get("s").and_then(|shapes| shapes.get(name)).unwrap_or(&Json::Null),
            None => shape,
        };
        let is_secret = json.as_str().is_some_and(|text| text.contains("{{resolve:"));
        if is_nothing(json) || is_secret || is_of_a_tool(json) {
            return;
        }
        if let Some((name, argument)) = json.as_object().and_then(call) {
            return self.called(shape, (name, argument), json, pointer);
        }
        match shape {
            Json::String(word) => self.plain(word, shape, json, pointer),
            Json::Array(items) => self.list(items.first().unwrap_or(&Json::Null), &Json::Null, json, pointer),
            Json::Object(limits) if limits.contains_key("p") => self.object(shape, json, pointer),
            Json::Object(limits) => match limits.get("t").and_then(Json::as_str) {
                Some("a") => self.list(limits.get("i").unwrap_or(&Json::Null), shape, json, pointer),
                Some(word) => self.plain(word, shape, json, pointer),
                None => {}
            },
            _ => {}
        }
    }

    fn called(&mut self, shape: &'k Json, (name, argument): (&str, &Json), json: &Json, pointer: &str) {
        match (name, argument.as_array().map(Vec::as_slice)) {
            ("Fn::If", Some([condition, then, otherwise])) => {
                let holds = condition.as_str().and_then(|name| self.finder.scope.condition(name).ok());
                let outer = self.untaken;
                for (branch, at, taken_if) in [(then, 1, true), (otherwise, 2, false)] {
                    self.untaken = outer || holds.is_some_and(|holds| holds != taken_if);
                    self.value(shape, branch, &format!("{pointer}/Fn::If/{at}"));
                }
                self.untaken = outer;
            }
            ("Ref", _) => {
                let target = argument.as_str().unwrap_or_default();
                refer::check(self.finder, self.type_name, target, pointer);
                self.given(shape, target, pointer);
                self.one_or_many(shape, target, pointer);
            }
            ("Fn::FindInMap" | "Fn::Join" | "Fn::Select" | "Fn::Sub" | "Fn::GetAZs" | "Fn::Split", _) => {
                self.known(shape, json, pointer);
            }
            _ => {}
        }
    }

    /// The value of a parameter where an id or a block is wanted: what it says of itself does not tell that.
    fn given(&mut self, shape: &Json, parameter: &str, pointer: &str) {
        if self.untaken
            || shape.get("f").is_none()
            || self.finder.section("Parameters").is_none_or(|all| !all.contains_key(parameter))
        {
            return;
        }
        let known = self.finder.scope.parameter(parameter).and_then(super::super::evaluate::Eval::text);
        if let Some(text) = known.filter(|text| !text.is_empty())
            && let Some(why) = scalar::limits(shape, &Given::of(&Json::from(text)), &place(pointer))
        {
            self.wrong(VALUE, pointer, why);
        }
    }

    /// A resource is one, and a parameter says by its type whether it is a list.
    fn one_or_many(&mut self, shape: &Json, target: &str, pointer: &str) {
        let wants_list = shape.is_array() || shape.get("t").and_then(Json::as_str) == Some("a");
        let wants_one = matches!(shape.as_str(), Some("s" | "i" | "n" | "b"))
            || matches!(shape.get("t").and_then(Json::as_str), Some("s" | "i" | "n" | "b"));
        let parameter = self.finder.section("Parameters").and_then(|all| all.get(target)?.get("Type")?.as_str());
        let is_list = |name: &str| name.contains("List<") || name.contains("CommaDelimitedList");
        let is_resource = self.finder.section("Resources").is_some_and(|all| all.contains_key(target));
        let at = place(pointer);
        if wants_list && (is_resource || parameter.is_some_and(|name| !is_list(name))) {
            let why = message!(
                "{at}에는 목록이 와야 하는데 {target}은(는) 하나예요. [!Ref {target}]처럼 목록으로 쓰세요.",
                "{at} takes a list, and {target} is one value. Write it as a list, as in [!Ref {target}]."
            );
            self.wrong(VALUE, pointer, why);
        } else if wants_one && parameter.is_some_and(is_list) {
            let why = message!(
                "{at}에는 값 하나가 와야 하는데 파라미터 {target}은(는) 목록이에요. !Select [0, !Ref {target}]처럼 하나를 고르세요.",
                "{at} takes one value, and the parameter {target} is a list. Choose one, as with !Select [0, !Ref {target}]."
            );
            self.wrong(VALUE, pointer, why);
        }
    }

    /// What a call surely comes to, whatever is given to the parameters.
    fn known(&mut self, shape: &'k Json, json: &Json, pointer: &str) {
        let mentions = super::super::evaluate::references(json);
        // Zones are zones, whichever region it is.
        let is_zones = json.get("Fn::GetAZs").is_some();
        if mentions.iter().any(|mention| !(is_zones && mention.logical == "AWS::Region")) {
            return;
        }
        if let Some(known) = self.finder.scope.evaluate(json).json().filter(|known| !known.is_object()) {
            self.value(shape, &known, pointer);
        }
    }

    fn wrong(&mut self, rule: RuleId, pointer: &str, why: Message) {
        self.finder.tell(rule, pointer, why);
    }

    fn plain(&mut self, word: &str, limits: &Json, json: &Json, pointer: &str) {
        let at = place(pointer);
        let Some(wanted) = wanted(word) else { return };
        if !scalar::fits(word, json) {
            let (given, Text { ko, en }) = (kind_of(json), wanted);
            let why = Message::new(
                &crate::text::particles(&format!(
                    "{at}에는 {ko}이(가) 와야 하는데 {}이(가) 있어요. 고쳐야 배포돼요.",
                    given.ko
                )),
                format!("{at} takes {en}, but there is {}. Correct it, or the deployment is refused.", given.en),
            );
            return self.wrong(VALUE, pointer, why);
        }
        if let Some(why) = scalar::limits(limits, &Given::of(json), &at) {
            self.wrong(VALUE, pointer, why);
        }
    }

    fn list(&mut self, item: &'k Json, limits: &Json, json: &Json, pointer: &str) {
        /// Longer lists are not looked through for what is there twice.
        const MOST_COMPARED: usize = 500;
        let at = place(pointer);
        let Json::Array(items) = json else {
            let given = kind_of(json);
            let why = Message::new(
                &crate::text::particles(&format!(
                    "{at}에는 목록이 와야 하는데 {}이(가) 있어요. 값을 목록([…] 또는 줄표)으로 쓰세요.",
                    given.ko
                )),
                format!("{at} takes a list, but there is {}. Write it as a list, in [ ] or with dashes.", given.en),
            );
            return self.wrong(VALUE, pointer, why);
        };
        // How many there are is open where some are chosen by a condition.
        let is_plain = !items.iter().any(|item| item.as_object().and_then(call).is_some());
        let count = items.iter().filter(|item| !is_nothing(item)).count();
        let bound = |at: usize| limits.get("c")?.get(at)?.as_u64().and_then(|bound| usize::try_from(bound).ok());
        if let Some(most) = bound(1).filter(|most| count > *most) {
            let why = message!(
                "{at}에는 {most}개까지만 쓸 수 있는데 {count}개예요. 줄이세요.",
                "{at} takes at most {most}; there are {count}. Take some out."
            );
            self.wrong(VALUE, pointer, why);
        }
        if let Some(least) = bound(0).filter(|least| count < *least && is_plain) {
            let why = message!(
                "{at}에는 적어도 {least}개가 있어야 하는데 {count}개예요. 더하세요.",
                "{at} takes at least {least}; there are {count}. Add some."
            );
            self.wrong(VALUE, pointer, why);
        }
        if limits.get("u").is_some()
            && items.len() <= MOST_COMPARED
            && let Some((again, twice)) =
                items.iter().enumerate().find(|(at, one)| items.iter().take(*at).any(|before| before == *one))
        {
            let twice = scalar::short(twice);
            let why = message!(
                "{at}에 {twice}이(가) 두 번 있어요. 하나를 지우세요.",
                "{at} has {twice} twice. Remove one of them."
            );
            self.wrong(VALUE, &format!("{pointer}/{again}"), why);
        }
        for (index, json) in items.iter().enumerate() {
            self.value(item, json, &format!("{pointer}/{index}"));
        }
    }

    fn object(&mut self, shape: &'k Json, json: &Json, pointer: &str) {
        let at = place(pointer);
        if json.is_string() && self.is_package(pointer) {
            return;
        }
        let Json::Object(entries) = json else {
            let given = kind_of(json);
            let why = Message::new(
                &crate::text::particles(&format!(
                    "{at}에는 매핑이 와야 하는데 {}이(가) 있어요. '이름: 값'으로 쓰세요.",
                    given.ko
                )),
                format!("{at} takes a mapping, but there is {}. Write it as 'name: value'.", given.en),
            );
            return self.wrong(VALUE, pointer, why);
        };
        // What these come to may be any of the properties.
        if entries.keys().any(|key| key == "Fn::Transform" || key.starts_with("Fn::ForEach::")) {
            return;
        }
        let known = shape.get("p").and_then(Json::as_object);
        for (key, value) in entries {
            if self.finder.is_full() {
                return;
            }
            let inner = format!("{pointer}/{}", step(key));
            if matches!(key.as_str(), "MasterUserPassword" | "Password") {
                self.secret(key, value, &inner);
            }
            match known.and_then(|known| known.get(key)) {
                Some(shape) => self.value(shape, value, &inner),
                None if shape.get("+").is_some() => {}
                None => {
                    let why = self.unknown(&at, key, known, pointer.matches('/').count() == 3);
                    self.wrong(UNKNOWN, &inner, why);
                }
            }
        }
        self.sets(shape, entries, pointer, &at);
    }

    /// Whether a path may stand here, which `aws cloudformation package` and `sam build` replace by where they put the files
    /// (<https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html>).
    fn is_package(&self, pointer: &str) -> bool {
        const PACKAGES: [(&str, &str); 5] = [
            ("AWS::ApiGateway::RestApi", "BodyS3Location"),
            ("AWS::ElasticBeanstalk::ApplicationVersion", "SourceBundle"),
            ("AWS::Lambda::Function", "Code"),
            ("AWS::Lambda::LayerVersion", "Content"),
            ("AWS::StepFunctions::StateMachine", "DefinitionS3Location"),
        ];
        let mut steps = pointer.split('/').skip(3);
        steps.next() == Some("Properties")
            && steps.next().is_some_and(|property| PACKAGES.contains(&(self.type_name, property)))
            && steps.next().is_none()
    }

    /// A password that whoever sees the template or the stack can read.
    fn secret(&mut self, key: &str, value: &Json, pointer: &str) {
        let at = place(pointer);
        if value.as_str().is_some_and(|text| !text.contains("{{resolve:")) {
            let why = message!(
                "{at}에 비밀번호가 그대로 적혀 있어요. '{{{{resolve:secretsmanager:…}}}}'로 읽거나 NoEcho 파라미터로 받으세요.",
                "{at} has a password in clear. Read it with {{{{resolve:secretsmanager:…}}}}, or take it from a parameter with NoEcho."
            );
            return self.wrong(SECRET, pointer, why);
        }
        let name = value.get("Ref").and_then(Json::as_str).unwrap_or_default();
        let parameter = self.finder.section("Parameters").and_then(|all| all.get(name));
        let hidden = |parameter: &Json| match parameter.get("NoEcho") {
            Some(Json::String(text)) => text.eq_ignore_ascii_case("true"),
            Some(other) => other.as_bool() == Some(true),
            None => false,
        };
        if parameter.is_some_and(|parameter| !hidden(parameter)) {
            let why = message!(
                "비밀번호 {key}을(를) 받는 파라미터 {name}에 NoEcho가 없어서 콘솔과 API에 그대로 보여요. NoEcho: true를 추가하세요.",
                "The parameter {name}, which takes the password {key}, has no NoEcho, so consoles and APIs show it. Add NoEcho: true."
            );
            self.wrong(SECRET, pointer, why);
        }
    }

    fn unknown(&self, at: &str, key: &str, known: Option<&Object>, is_top: bool) -> Message {
        let attributes = self.kind.get("a").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
        if is_top && attributes.clone().any(|attribute| attribute == key) {
            return message!(
                "{at}의 {key}은(는) AWS가 정하는 값이라 템플릿에 쓸 수 없어요. 지우세요.",
                "{key} of {at} is set by AWS and cannot be written in a template. Remove it."
            );
        }
        match meant(key, known.into_iter().flatten().map(|(name, _)| name.as_str())) {
            Some(near) => message!(
                "{at}에는 속성 {key}이(가) 없어서 배포가 거절돼요. {near}을(를) 쓰려던 것인지 보세요.",
                "{at} has no property {key}, so the deployment is refused. Did you mean {near}?"
            ),
            None => message!(
                "{at}에는 속성 {key}이(가) 없어서 배포가 거절돼요. 이름을 고치거나 지우세요.",
                "{at} has no property {key}, so the deployment is refused. Correct its name or remove it."
            ),
        }
    }

    /// What must be there, and what must not be there together.
    fn sets(&mut self, shape: &Json, entries: &Object, pointer: &str, at: &str) {
        let there = |name: &str| entries.get(name).is_some_and(|value| !is_nothing(value));
        // What a condition may take away again counts as there only where it helps.
        let is_empty = |value: &Json| value.as_array().is_some_and(Vec::is_empty);
        let surely = |name: &str| entries.get(name).is_some_and(|value| !may_be_nothing(value) && !is_empty(value));
        for name in texts(shape.get("r")).filter(|name| !there(name)) {
            let why = message!(
                "{at}에 {name}이(가) 빠졌어요. 이것 없이는 만들 수 없으니 추가하세요.",
                "{at} lacks {name}, without which it cannot be created. Add it."
            );
            self.wrong(MISSING, pointer, why);
        }
        let sets = |name: &str| shape.get(name).and_then(Json::as_array).into_iter().flatten();
        for set in sets("x").chain(sets("o")) {
            if !texts(Some(set)).any(there) {
                let names = texts(Some(set)).collect::<Vec<_>>().join(", ");
                let why = message!(
                    "{at}에는 {names} 가운데 하나가 있어야 해요. 추가하세요.",
                    "{at} needs one of {names}. Add it."
                );
                self.wrong(MISSING, pointer, why);
            }
        }
        for set in sets("x") {
            let both: Vec<&str> = texts(Some(set)).filter(|name| surely(name)).collect();
            if let [first, .., last] = both.as_slice() {
                let names = both.join(", ");
                let why = together(at, &names, last);
                self.wrong(CONFLICT, &format!("{pointer}/{}", step(first)), why);
            }
        }
        let pairs = |name: &str| shape.get(name).and_then(Json::as_object).into_iter().flatten();
        for (name, others) in pairs("d").filter(|(name, _)| surely(name)) {
            // Most pairs are written both ways: one of them is enough.
            let mutual = |other: &str| texts(shape.get("d").and_then(|all| all.get(other))).any(|back| back == name);
            if let Some(other) =
                texts(Some(others)).find(|other| surely(other) && !(mutual(other) && name.as_str() > *other))
            {
                let names = format!("{name}, {other}");
                self.wrong(CONFLICT, &format!("{pointer}/{}", step(other)), together(at, &names, other));
            }
        }
        for (name, others) in pairs("n").filter(|(name, _)| surely(name)) {
            for other in texts(Some(others)).filter(|other| !there(other)) {
                let why = message!(
                    "{at}에 {name}을(를) 쓰려면 {other}도 있어야 해요. 추가하세요.",
                    "{name} of {at} needs {other} beside it. Add it."
                );
                self.wrong(MISSING, &format!("{pointer}/{}", step(name)), why);
            }
        }
    }
}

fn together(at: &str, names: &str, last: &str) -> Message {
    message!(
        "{at}에는 {names}을(를) 함께 쓸 수 없어요. {last} 같은 것을 지우고 하나만 남기세요.",
        "{at} cannot have {names} together. Keep one, and remove {last} or the others."
    )
}

fn texts(json: Option<&Json>) -> impl Iterator<Item = &str> {
    json.and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str)
}

/// Whether a condition may leave a value out.
fn may_be_nothing(json: &Json) -> bool {
    if is_nothing(json) {
        return true;
    }
    let branches = json.get("Fn::If").and_then(Json::as_array);
    branches.is_some_and(|branches| branches.iter().skip(1).any(may_be_nothing))
}

/// Whether a value is a call that another tool than CloudFormation replaces before the deployment.
pub(super) fn is_of_a_tool(json: &Json) -> bool {
    let name = json.as_object().filter(|entries| entries.len() == 1).and_then(|entries| entries.keys().next());
    name.is_some_and(|name| name.contains("::") && !name.starts_with("Fn::"))
}

fn wanted(word: &str) -> Option<Text> {
    Some(match word {
        "s" => t("글자", "text"),
        "i" => t("정수", "a whole number"),
        "n" => t("숫자", "a number"),
        "b" => t("true나 false", "true or false"),
        "m" => t("매핑", "a mapping"),
        _ => return None,
    })
}

/// What stands somewhere, in words.
pub(super) fn kind_of(json: &Json) -> Message {
    match json {
        Json::Array(_) => t("목록", "a list").into(),
        Json::Object(entries) => match call(entries) {
            Some((name, _)) => Message::plain(name),
            None => t("매핑", "a mapping").into(),
        },
        Json::Null => t("빈 값", "nothing").into(),
        other => Message::plain(scalar::short(other)),
    }
}
