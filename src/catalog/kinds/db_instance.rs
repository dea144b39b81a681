//! An RDS database instance.

use crate::catalog::{Category, Field, Kind, Placement, Resource, Shape, Spec, Suggestion, Widget};
use crate::id::NodeId;
use crate::text::{Message, Text, t};
use crate::{choices, field};

choices! {
    /// What becomes of a database when it leaves the stack.
    pub enum DatabaseRetention {
        Snapshot = "Snapshot" ("마지막 스냅샷을 남기고 삭제", "Delete after a last snapshot"),
        Retain = "Retain" ("남겨 두기", "Keep it"),
        Delete = "Delete" ("함께 삭제", "Delete it too"),
    }
}

choices! {
    /// The volumes of a database.
    pub enum DbStorage {
        Gp3 = "gp3" ("범용 SSD gp3", "General purpose SSD gp3"),
        Gp2 = "gp2" ("범용 SSD gp2", "General purpose SSD gp2"),
        Io1 = "io1" ("프로비저닝된 IOPS SSD io1", "Provisioned IOPS SSD io1"),
        Io2 = "io2" ("프로비저닝된 IOPS SSD io2", "Provisioned IOPS SSD io2"),
        Standard = "standard" ("마그네틱", "Magnetic"),
    }
}

/// A relational database that AWS runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DbInstance {
    /// `mysql`, `postgres`, …
    pub engine: String,
    /// Its version; empty takes AWS's default.
    pub engine_version: String,
    /// `db.t4g.micro`
    pub class: String,
    /// Storage in GiB.
    pub storage: u32,
    /// What it is stored on.
    pub storage_type: DbStorage,
    /// Whether it is encrypted at rest.
    pub encrypted: bool,
    /// Name of the first database; empty makes none.
    pub database: String,
    /// The port; empty is the engine's own.
    pub port: Option<u16>,
    /// The master user.
    pub user: String,
    /// Whether the master password is made and kept by Secrets Manager.
    pub managed_password: bool,
    /// Where it may stand.
    pub subnet_group: Option<NodeId>,
    /// Its groups; empty means the VPC's default group.
    pub security_groups: Vec<NodeId>,
    /// Whether it has a public address.
    pub public: bool,
    /// Whether a standby waits in another zone.
    pub multi_az: bool,
    /// Days that automatic backups are kept; 0 switches them off.
    pub backup_days: u8,
    /// When backups are made, `18:00-18:30` in UTC; empty lets AWS choose.
    pub backup_window: String,
    /// When AWS may maintain it, `sun:19:00-sun:19:30` in UTC; empty lets AWS choose.
    pub maintenance_window: String,
    /// Whether it refuses to be deleted.
    pub deletion_protection: bool,
    /// What becomes of it when it leaves the stack.
    pub retention: DatabaseRetention,
}

impl Default for DbInstance {
    fn default() -> Self {
        Self {
            engine: "mysql".to_owned(),
            engine_version: String::new(),
            class: "db.t4g.micro".to_owned(),
            storage: 20,
            storage_type: DbStorage::Gp3,
            encrypted: true,
            database: String::new(),
            port: None,
            user: "dbadmin".to_owned(),
            managed_password: true,
            subnet_group: None,
            security_groups: Vec::new(),
            public: false,
            multi_az: false,
            backup_days: 7,
            backup_window: String::new(),
            maintenance_window: String::new(),
            deletion_protection: false,
            retention: DatabaseRetention::Snapshot,
        }
    }
}

impl DbInstance {
    /// The port it listens on: its own, else its engine's.
    pub fn listens_on(&self) -> u16 {
        self.port.unwrap_or_else(|| match self.engine.split('-').next().unwrap_or_default() {
            "postgres" => 5432,
            "oracle" | "custom" => 1521,
            "sqlserver" => 1433,
            "db2" => 50_000,
            _ => 3306,
        })
    }
}

impl Resource for DbInstance {
    const KIND: Kind = Kind::DbInstance;
    const SPEC: Spec = Spec {
        id: "db_instance",
        label: t("RDS 데이터베이스", "RDS database"),
        category: Category::Database,
        cloudformation_type: "AWS::RDS::DBInstance",
        placement: Placement { root: false, parents: &[Kind::Vpc] },
        shape: Shape::Tile,
        ancestors: &[],
        tags: true,
        keywords: &["rds", "mysql", "postgres", "mariadb", "database", "데이터베이스", "db"],
    };
    const SUMMARY: Text = t(
        "AWS가 설치, 백업과 패치를 맡는 관계형 데이터베이스예요. DB 서브넷 그룹의 프라이빗 서브넷에 두어요.",
        "A relational database that AWS installs, backs up and patches. It stands in the private subnets of a DB subnet group.",
    );
    const SOURCE: &'static str = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.DBInstance.html";
    const FIELDS: &'static [Field<Self>] = &[
        field!(engine, "엔진", "Engine", Widget::Suggest(engines))
            .property("Engine")
            .help("데이터베이스의 종류예요.", "Which database it is."),
        field!(engine_version, "엔진 버전", "Engine version", Widget::Line)
            .property("EngineVersion")
            .help("비우면 AWS의 기본 버전이에요. 예: 8.4.7, 17.6", "Empty takes AWS's default. Such as 8.4.7 or 17.6."),
        field!(class, "인스턴스 클래스", "Instance class", Widget::Suggest(classes))
            .property("DBInstanceClass")
            .help("vCPU와 메모리를 정해요. 실습에는 db.t4g.micro면 충분해요.", "Sets vCPUs and memory. db.t4g.micro is enough for practice."),
        field!(storage, "스토리지 크기", "Storage", Widget::Number { min: 5, max: 65_536, unit: t("GiB", "GiB") })
            .help("gp3는 20GiB부터예요.", "gp3 begins at 20 GiB."),
        field!(storage_type, "스토리지 유형", "Storage type", Widget::Choice(DbStorage::CHOICES))
            .property("StorageType")
            .help("보통은 gp3가 알맞아요.", "gp3 suits most uses."),
        field!(encrypted, "암호화", "Encrypted", Widget::Toggle)
            .property("StorageEncrypted")
            .help("저장된 데이터와 백업을 암호화해요. 만든 뒤에는 바꿀 수 없어요.", "Encrypts data and backups. It cannot be changed later."),
        field!(database, "데이터베이스 이름", "Database name", Widget::Line)
            .property("DBName")
            .help("처음에 만들 데이터베이스예요. 비우면 만들지 않아요.", "The first database. Empty makes none."),
        field!(port, "포트", "Port", Widget::Number { min: 1150, max: 65_535, unit: t("", "") })
            .help("비우면 엔진의 기본 포트예요. MySQL은 3306, PostgreSQL은 5432예요.", "Empty is the engine's own: 3306 for MySQL, 5432 for PostgreSQL."),
        field!(user, "마스터 사용자", "Master user", Widget::Line)
            .property("MasterUsername")
            .help("처음 접속할 때 쓰는 사용자예요. PostgreSQL에서는 admin을 쓸 수 없어요.", "The first user. PostgreSQL does not take admin."),
        field!(managed_password, "암호를 Secrets Manager에서 관리", "Password in Secrets Manager", Widget::Toggle)
            .property("ManageMasterUserPassword")
            .help("암호를 만들고 돌려 가며 바꿔 줘요. 끄면 Parameter Store의 SecureString에서 읽어요.", "No password stands in the template. Off takes it from a SecureString parameter."),
        field!(subnet_group, "DB 서브넷 그룹", "DB subnet group", Widget::Reference(&[Kind::DbSubnetGroup])).of_same_vpc()
            .help("비우면 이 VPC가 아니라 기본 VPC에 만들어져요.", "Empty creates it in the default VPC, not in this one."),
        field!(security_groups, "보안 그룹", "Security groups", Widget::References(&[Kind::SecurityGroup])).of_same_vpc()
            .property("VPCSecurityGroups")
            .help("애플리케이션의 보안 그룹에서 오는 데이터베이스 포트를 허용해요.", "Should admit the database port from the application's group."),
        field!(public, "퍼블릭 액세스", "Publicly accessible", Widget::Toggle)
            .property("PubliclyAccessible")
            .help("켜면 퍼블릭 주소가 생겨요. 데이터베이스는 꺼 두세요.", "On gives it a public address. Leave it off."),
        field!(multi_az, "다중 AZ", "Multi-AZ", Widget::Toggle)
            .property("MultiAZ")
            .help("다른 가용 영역에 대기 인스턴스를 두어요. 요금이 두 배쯤 들어요.", "Keeps a standby in another zone, at about twice the cost."),
        field!(backup_days, "백업 보존 기간", "Backup retention", Widget::Number { min: 0, max: 35, unit: t("일", "days") })
            .property("BackupRetentionPeriod")
            .help("자동 백업을 남겨 두는 날수예요. 0이면 백업하지 않아요.", "How long automatic backups are kept. 0 makes none."),
        field!(backup_window, "백업 시간대", "Backup window", Widget::Window { weekly: false })
            .property("PreferredBackupWindow")
            .when(|of: &Self| of.backup_days > 0)
            .help("매일 백업하는 시간대예요. UTC로 적어요. 예: 18:00-18:30은 한국 시각으로 03:00-03:30이에요. 비우면 AWS가 골라요.", "When backups are made each day, in UTC. For example, 18:00-18:30 is 03:00-03:30 in Korea. Empty lets AWS choose."),
        field!(maintenance_window, "유지 관리 시간대", "Maintenance window", Widget::Window { weekly: true })
            .property("PreferredMaintenanceWindow")
            .help("패치하느라 잠시 멈출 수 있는 시간대예요. UTC로 적어요. 예: sun:19:00-sun:19:30. 비우면 AWS가 골라요.", "When it may stop for a while to be patched, in UTC, such as sun:19:00-sun:19:30. Empty lets AWS choose."),
        field!(deletion_protection, "삭제 방지", "Deletion protection", Widget::Toggle)
            .property("DeletionProtection")
            .help("켜면 스택을 지울 때 먼저 꺼야 해요.", "Must be turned off before the stack can be deleted."),
        field!(retention, "스택에서 빠질 때", "When it leaves the stack", Widget::Choice(DatabaseRetention::CHOICES))
            .help("스냅샷과 남겨 둔 데이터베이스는 요금이 들어요.", "Snapshots and databases that are kept are billed."),
    ];

    fn caption(&self) -> Option<String> {
        Some(format!("{} {}", self.engine, self.class))
    }
}

fn engines() -> Vec<Suggestion> {
    [
        ("mysql", "MySQL"),
        ("postgres", "PostgreSQL"),
        ("mariadb", "MariaDB"),
        ("sqlserver-ex", "SQL Server Express"),
        ("oracle-se2", "Oracle Standard Edition 2"),
    ]
    .into_iter()
    .map(|(value, label)| Suggestion { value: value.to_owned(), label: Message::plain(label) })
    .collect()
}

/// Classes with their vCPUs and memory in GiB (<https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html>).
fn classes() -> Vec<Suggestion> {
    [
        ("db.t4g.micro", 2, 1),
        ("db.t4g.small", 2, 2),
        ("db.t4g.medium", 2, 4),
        ("db.t4g.large", 2, 8),
        ("db.t3.micro", 2, 1),
        ("db.t3.small", 2, 2),
        ("db.t3.medium", 2, 4),
        ("db.m7g.large", 2, 8),
        ("db.m6i.large", 2, 8),
        ("db.r7g.large", 2, 16),
    ]
    .into_iter()
    .map(|(value, vcpus, memory)| Suggestion {
        value: value.to_owned(),
        label: crate::message!("vCPU {vcpus}, 메모리 {memory}GiB", "{vcpus} vCPU, {memory} GiB"),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn engines_have_their_own_ports() {
        for (engine, port) in
            [("mysql", 3306), ("mariadb", 3306), ("postgres", 5432), ("sqlserver-ex", 1433), ("oracle-se2", 1521)]
        {
            assert_eq!(
                DbInstance { engine: engine.to_owned(), ..DbInstance::default() }.listens_on(),
                port,
                "{engine}"
            );
        }
        assert_eq!(DbInstance { port: Some(3307), ..DbInstance::default() }.listens_on(), 3307);
    }
}
