//! A CodeDeploy application; its deployment groups stand inside it.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Widget};
use crate::text::{Text, t};
use crate::{choices, field};

choices! {
    /// What is deployed to.
    pub enum ComputePlatform {
        Server = "Server" ("EC2/온프레미스", "EC2/on-premises"),
        Ecs = "ECS" ("Amazon ECS", "Amazon ECS"),
        Lambda = "Lambda" ("AWS Lambda", "AWS Lambda"),
    }
}

/// Names what is deployed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeDeployApplication {
    /// Its name; empty lets AWS choose one.
    pub application_name: String,
    /// What it is deployed to.
    pub platform: ComputePlatform,
}

impl Resource for CodeDeployApplication {
    const KIND: Kind = Kind::CodeDeployApplication;
    const SPEC: Spec = Spec {
        id: "code_deploy_application",
        label: t("CodeDeploy 애플리케이션", "CodeDeploy application"),
        category: Category::Delivery,
        cloudformation_type: "AWS::CodeDeploy::Application",
        placement: Placement { root: true, parents: &[Kind::Region] },
        shape: Shape::Frame { w: 240.0, h: 128.0 },
        ancestors: &[],
        tags: true,
        keywords: &["codedeploy", "deploy", "배포", "blue/green", "블루/그린"],
    };
    const SUMMARY: Text = t(
        "CodeDeploy가 배포할 애플리케이션이에요. 어디에 어떻게 배포할지는 안에 두는 배포 그룹이 정해요.",
        "What CodeDeploy deploys. The deployment groups inside decide where and how.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/codedeploy/latest/userguide/applications.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(application_name, "애플리케이션 이름", "Application name", Widget::Line)
            .property("ApplicationName")
            .help("비우면 AWS가 정해요.", "Empty lets AWS choose one."),
        field!(platform, "컴퓨팅 플랫폼", "Compute platform", Widget::Choice(ComputePlatform::CHOICES))
            .property("ComputePlatform")
            .help("배포할 곳이에요. 만든 뒤에는 바꿀 수 없어요.", "Where it is deployed. It cannot be changed later."),
    ];

    fn caption(&self) -> Option<String> {
        Some(self.platform.as_str().to_owned())
    }
}
