//! The shape of a template: what its sections must be before anything reads them.

use super::super::pointer::pointer;
use super::super::tags::is_loop;
use super::super::{Json, Object};
use super::languages;
use crate::message;
use crate::text::Message;

/// A place as a JSON pointer, and what is wrong there.
pub(super) type Complaint = (String, Message);

/// The sections of a template and whether each is a mapping.
const SECTIONS: [(&str, bool); 12] = [
    ("AWSTemplateFormatVersion", false),
    ("Description", false),
    ("Metadata", true),
    ("Parameters", true),
    ("Rules", true),
    ("Mappings", true),
    ("Conditions", true),
    ("Transform", false),
    ("Globals", true),
    ("Resources", true),
    ("Outputs", true),
    ("Hooks", true),
];

/// Complains of the first thing for which a template cannot be opened, and notes what is odd.
pub(super) fn shape(template: &Json, notes: &mut Vec<Complaint>) -> Result<(), Complaint> {
    let Json::Object(sections) = template else {
        let why = languages::of_data(template).unwrap_or_else(|| {
            message!(
                "템플릿은 이름과 값으로 된 매핑이어야 해요. Resources가 있는 CloudFormation 템플릿을 여세요.",
                "A template is a mapping of names to values. Open a CloudFormation template that has Resources."
            )
        });
        return Err((String::new(), why));
    };
    if let Some(why) = languages::of_data(template).filter(|_| languages::is_app_spec(sections)) {
        return Err((String::new(), why));
    }
    for (name, value) in sections {
        section(name, value, notes)?;
    }
    match sections.get("Resources") {
        Some(Json::Object(resources)) => {
            if resources.is_empty() {
                notes.push(("/Resources".to_owned(), no_resource()));
            }
            for (logical, value) in resources {
                resource(logical, value, notes)?;
            }
        }
        _ => return Err((String::new(), no_resources(template, sections))),
    }
    entries(sections, "Parameters", notes)?;
    entries(sections, "Outputs", notes)?;
    entries(sections, "Mappings", notes)
}

fn section(name: &str, value: &Json, notes: &mut Vec<Complaint>) -> Result<(), Complaint> {
    let place = pointer(&[name]);
    match SECTIONS.iter().find(|(known, _)| *known == name) {
        None if is_loop(name) => {}
        None => {
            let near =
                SECTIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(known, _)| known);
            let why = if near.is_empty() {
                message!(
                    "{name}은(는) CloudFormation이 아는 섹션이 아니에요. 그대로 두었지만 배포가 거절돼요.",
                    "{name} is no section that CloudFormation knows. It is kept, but the deployment will be refused."
                )
            } else {
                message!(
                    "섹션 이름은 대소문자까지 같아야 해요. {name}을(를) {near}(으)로 고치세요.",
                    "Sections are named by the letter: write {near} for {name}."
                )
            };
            notes.push((place, why));
        }
        Some((_, true)) if value.is_null() && name != "Resources" => {
            let why = message!(
                "{name}이(가) 비어 있어요. 쓰지 않으면 지우세요.",
                "{name} is empty. Remove it if it is not used."
            );
            notes.push((place, why));
        }
        Some((_, true)) if !value.is_object() => return Err((place, wrong_section(name))),
        Some(("AWSTemplateFormatVersion", _)) if value.as_str() != Some("2010-09-09") => {
            let why = message!(
                "AWSTemplateFormatVersion은 2010-09-09만 있어요. 그렇게 고치세요.",
                "The only AWSTemplateFormatVersion is 2010-09-09. Write that."
            );
            notes.push((place, why));
        }
        Some(("Description", _)) if !value.is_string() => {
            notes.push((place, message!("Description은 글이어야 해요.", "Description must be a text.")));
        }
        _ => {}
    }
    Ok(())
}

fn resource(logical: &str, value: &Json, notes: &mut Vec<Complaint>) -> Result<(), Complaint> {
    if is_loop(logical) || logical == "Fn::Transform" {
        return Ok(());
    }
    let place = pointer(&["Resources", logical]);
    let Json::Object(resource) = value else {
        return Err((
            place,
            message!(
                "{logical}은(는) 리소스인데 매핑이 아니에요. Type과 Properties를 이 이름 아래에 들여 쓰세요.",
                "{logical} is a resource but not a mapping. Indent its Type and Properties below the name."
            ),
        ));
    };
    if resource.keys().any(|key| key == "Fn::Transform") {
        return Ok(());
    }
    let type_name = resource.get("Type");
    if type_name.is_some_and(Json::is_object) {
        let why = message!(
            "{logical}의 Type이 함수예요. CloudFormation은 Type에 함수를 받지 않아서, 다른 도구가 먼저 바꿔야 배포할 수 있어요.",
            "The Type of {logical} is a function. CloudFormation takes none there: another tool has to replace it before the deployment."
        );
        notes.push((place, why));
        return Ok(());
    }
    if !type_name.is_some_and(Json::is_string) {
        return Err((
            place,
            message!(
                "{logical}에 Type이 없어요. 무엇을 만들지 알 수 없으니 AWS::EC2::VPC 같은 Type을 쓰세요.",
                "{logical} has no Type, so nobody knows what to create. Give it one, such as AWS::EC2::VPC."
            ),
        ));
    }
    match resource.get("Properties") {
        None | Some(Json::Null | Json::Object(_)) => Ok(()),
        Some(_) => Err((
            pointer(&["Resources", logical, "Properties"]),
            message!(
                "{logical}의 Properties가 매핑이 아니에요. '이름: 값'으로 쓰고, 앞의 줄표(-)는 지우세요.",
                "The Properties of {logical} are not a mapping. Write them as 'name: value', without dashes (-)."
            ),
        )),
    }
}

/// The entries of a section are mappings themselves.
fn entries(sections: &Object, name: &str, notes: &mut Vec<Complaint>) -> Result<(), Complaint> {
    for (key, value) in sections.get(name).and_then(Json::as_object).into_iter().flatten() {
        if is_loop(key) || key == "Fn::Transform" || value.is_object() {
            continue;
        }
        let why = message!(
            "{name}의 {key}은(는) 매핑이어야 해요. 내용을 이 이름 아래에 들여 쓰세요.",
            "{key} in {name} must be a mapping. Indent what belongs to it below the name."
        );
        if value.is_null() {
            notes.push((pointer(&[name, key]), why));
        } else {
            return Err((pointer(&[name, key]), why));
        }
    }
    Ok(())
}

fn wrong_section(name: &str) -> Message {
    message!(
        "{name} 섹션은 이름과 값으로 된 매핑이어야 해요. 항목을 '이름: 값'으로 쓰고, 앞의 줄표(-)는 지우세요.",
        "The section {name} must be a mapping of names to values. Write its entries as 'name: value', without dashes (-)."
    )
}

fn no_resource() -> Message {
    message!(
        "Resources에 리소스가 하나도 없어요. 적어도 하나는 있어야 배포할 수 있어요.",
        "Resources is empty. A template needs at least one resource to be deployed."
    )
}

fn no_resources(template: &Json, sections: &Object) -> Message {
    if let Some(message) = languages::of_data(template) {
        return message;
    }
    if sections
        .values()
        .any(|value| value.get("Type").and_then(Json::as_str).is_some_and(|name| name.starts_with("AWS::")))
    {
        return message!(
            "리소스가 Resources 아래에 있지 않아요. 맨 위에 Resources:를 쓰고 리소스를 그 아래로 들여 쓰세요.",
            "The resources do not stand under Resources. Write Resources: at the top and indent them below it."
        );
    }
    message!(
        "Resources 섹션이 없어요. CloudFormation 템플릿에는 만들 리소스를 적은 Resources가 꼭 있어야 해요.",
        "There is no Resources section. Every CloudFormation template has one, with what to create."
    )
}
