//! Every command once: its words, its shortcuts, where they work and when it is enabled. Toolbar, menus, the command palette, the list of
//! shortcuts and the keyboard all read this table.

mod keys;
pub mod search;

use std::collections::BTreeSet;

pub use keys::{Focus, Keys, Press, find};
use keys::{alt, alt_shift, bare, ctrl, ctrl_shift, shift};

use crate::design::{Design, Edit, Point};
use crate::id::NodeId;
use crate::layout::GRID;
use crate::layout::arrange::{Align, Axis, align, distribute};
use crate::text::{Text, t};

/// Where a command belongs in the palette and in the list of shortcuts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Changing the drawing.
    Edit,
    /// What a press on the canvas does.
    Tool,
    /// Where one looks.
    View,
    /// Documents.
    File,
    /// The page itself.
    Page,
}

impl Group {
    /// All, in the order they are listed.
    pub const ALL: [Self; 5] = [Self::Edit, Self::Tool, Self::View, Self::File, Self::Page];

    /// The heading.
    pub const fn label(self) -> Text {
        match self {
            Self::Edit => t("편집", "Edit"),
            Self::Tool => t("도구", "Tools"),
            Self::View => t("보기", "View"),
            Self::File => t("파일", "File"),
            Self::Page => t("화면", "Page"),
        }
    }
}

/// What must be so for a command to do anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Need {
    Undoable,
    Redoable,
    Selection,
    Wire,
    /// Resources or a wire.
    Something,
    OneSelected,
    TwoSelected,
    ThreeSelected,
    Nodes,
    Clipboard,
    Notes,
    /// The document may be changed.
    Writable,
}

/// What decides whether commands are enabled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Whether there is something to undo.
    pub can_undo: bool,
    /// Whether there is something to redo.
    pub can_redo: bool,
    /// How many resources are selected.
    pub selected: usize,
    /// Whether a wire is selected.
    pub wire: bool,
    /// How many resources there are.
    pub nodes: usize,
    /// Whether something was copied; true as well where only the browser could tell.
    pub clipboard: bool,
    /// Whether anything of the document's file was read otherwise than it stood there.
    pub notes: bool,
    /// Whether another tab writes this document.
    pub read_only: bool,
}

/// What is declared of a command.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Stable kebab-case name.
    pub id: &'static str,
    /// What it does, in a few words.
    pub text: Text,
    /// Where it is listed.
    pub group: Group,
    /// The widest place of the keyboard in which its shortcuts work.
    pub scope: Focus,
    /// Its shortcuts, the one to show first.
    pub keys: &'static [Keys],
    needs: &'static [Need],
}

macro_rules! commands {
    ($($command:ident $id:literal ($ko:literal, $en:literal) $group:ident $scope:ident [$($keys:expr),*] [$($need:ident),*];)*) => {
        /// Something a person can tell the page to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Command {
            $(#[doc = $en] $command,)*
        }

        impl Command {
            /// Every command, in the order they are listed.
            pub const ALL: &'static [Self] = &[$(Self::$command),*];

            /// What is declared of it.
            pub const fn spec(self) -> Spec {
                match self {
                    $(Self::$command => Spec {
                        id: $id,
                        text: t($ko, $en),
                        group: Group::$group,
                        scope: Focus::$scope,
                        keys: const { &[$($keys),*] },
                        needs: const { &[$(Need::$need),*] },
                    },)*
                }
            }
        }
    };
}

commands! {
    Undo "undo" ("실행 취소", "Undo") Edit Page [ctrl("z")] [Undoable, Writable];
    Redo "redo" ("다시 실행", "Redo") Edit Page [ctrl_shift("z"), ctrl("y")] [Redoable, Writable];
    Cut "cut" ("잘라내기", "Cut") Edit Canvas [ctrl("x")] [Selection, Writable];
    Copy "copy" ("복사", "Copy") Edit Canvas [ctrl("c")] [Selection];
    Paste "paste" ("붙여넣기", "Paste") Edit Canvas [ctrl("v")] [Clipboard, Writable];
    Duplicate "duplicate" ("복제", "Duplicate") Edit Canvas [ctrl("d")] [Selection, Writable];
    Delete "delete" ("삭제", "Delete") Edit Canvas [bare("Delete"), bare("Backspace")] [Something, Writable];
    SelectAll "select-all" ("모두 선택", "Select all") Edit Canvas [ctrl("a")] [Nodes];
    Rename "rename" ("이름 바꾸기", "Rename") Edit Canvas [bare("F2"), bare("Enter")] [OneSelected, Writable];
    MoveInto "move-into" ("다른 프레임으로 옮기기…", "Move into…") Edit Canvas [bare("m")] [Selection, Writable];
    ConnectFromHere "connect-from-here" ("여기서 연결하기…", "Connect from here…") Edit Canvas [shift("c")] [OneSelected, Writable];
    WireStart "wire-start" ("연결의 시작 쪽 바꾸기…", "Change where the connection begins…") Edit Canvas [] [Wire, Writable];
    WireTip "wire-tip" ("연결의 끝 쪽 바꾸기…", "Change where the connection ends…") Edit Canvas [] [Wire, Writable];
    VpcAndMore "vpc-and-more" ("VPC 등 만들기…", "Create a VPC and more…") Edit Canvas [shift("n")] [Writable];
    BalanceServers "balance-servers" ("이 서버들 앞에 로드 밸런서 만들기", "Put a load balancer before these servers") Edit Canvas [shift("b")] [Selection, Writable];
    ScaleServer "scale-server" ("이 인스턴스로 Auto Scaling 그룹 만들기", "Make an Auto Scaling group from this instance") Edit Canvas [shift("g")] [OneSelected, Writable];
    AlignLeft "align-left" ("왼쪽 맞춤", "Align left") Edit Canvas [alt("a")] [TwoSelected, Writable];
    AlignCenter "align-center" ("가로 가운데 맞춤", "Align centres across") Edit Canvas [alt("h")] [TwoSelected, Writable];
    AlignRight "align-right" ("오른쪽 맞춤", "Align right") Edit Canvas [alt("d")] [TwoSelected, Writable];
    AlignTop "align-top" ("위쪽 맞춤", "Align top") Edit Canvas [alt("w")] [TwoSelected, Writable];
    AlignMiddle "align-middle" ("세로 가운데 맞춤", "Align centres down") Edit Canvas [alt("v")] [TwoSelected, Writable];
    AlignBottom "align-bottom" ("아래쪽 맞춤", "Align bottom") Edit Canvas [alt("s")] [TwoSelected, Writable];
    DistributeAcross "distribute-across" ("가로 간격 같게", "Distribute across") Edit Canvas [alt_shift("h")] [ThreeSelected, Writable];
    DistributeDown "distribute-down" ("세로 간격 같게", "Distribute down") Edit Canvas [alt_shift("v")] [ThreeSelected, Writable];
    TidyUp "tidy-up" ("그림 정돈하기", "Tidy up the drawing") Edit Page [] [Nodes, Writable];
    NudgeLeft "nudge-left" ("왼쪽으로 조금 옮기기", "Nudge left") Edit Canvas [bare("ArrowLeft")] [Selection, Writable];
    NudgeRight "nudge-right" ("오른쪽으로 조금 옮기기", "Nudge right") Edit Canvas [bare("ArrowRight")] [Selection, Writable];
    NudgeUp "nudge-up" ("위로 조금 옮기기", "Nudge up") Edit Canvas [bare("ArrowUp")] [Selection, Writable];
    NudgeDown "nudge-down" ("아래로 조금 옮기기", "Nudge down") Edit Canvas [bare("ArrowDown")] [Selection, Writable];
    NudgeFarLeft "nudge-far-left" ("왼쪽으로 많이 옮기기", "Nudge far left") Edit Canvas [shift("ArrowLeft")] [Selection, Writable];
    NudgeFarRight "nudge-far-right" ("오른쪽으로 많이 옮기기", "Nudge far right") Edit Canvas [shift("ArrowRight")] [Selection, Writable];
    NudgeFarUp "nudge-far-up" ("위로 많이 옮기기", "Nudge far up") Edit Canvas [shift("ArrowUp")] [Selection, Writable];
    NudgeFarDown "nudge-far-down" ("아래로 많이 옮기기", "Nudge far down") Edit Canvas [shift("ArrowDown")] [Selection, Writable];
    Widen "widen" ("프레임 넓히기", "Make wider") Edit Canvas [ctrl("ArrowRight")] [Selection, Writable];
    Narrow "narrow" ("프레임 좁히기", "Make narrower") Edit Canvas [ctrl("ArrowLeft")] [Selection, Writable];
    Heighten "heighten" ("프레임 높이기", "Make higher") Edit Canvas [ctrl("ArrowDown")] [Selection, Writable];
    Lower "lower" ("프레임 낮추기", "Make lower") Edit Canvas [ctrl("ArrowUp")] [Selection, Writable];
    SelectFrame "select-frame" ("바깥 프레임 선택", "Select the frame around") Edit Canvas [alt("ArrowUp")] [Something];
    SelectInside "select-inside" ("안에 있는 것 선택", "Select what is inside") Edit Canvas [alt("ArrowDown")] [Nodes];
    SelectNext "select-next" ("다음 것, 연결의 끝 선택", "Select the next, or where a connection ends") Edit Canvas [alt("ArrowRight")] [Nodes];
    SelectPrevious "select-previous" ("이전 것, 연결의 시작 선택", "Select the previous, or where a connection begins") Edit Canvas [alt("ArrowLeft")] [Nodes];
    NextWire "next-wire" ("다음 연결 선택", "Select the next connection") Edit Canvas [bare("w")] [Something];
    PreviousWire "previous-wire" ("이전 연결 선택", "Select the previous connection") Edit Canvas [shift("w")] [Something];
    Cancel "cancel" ("그만두기", "Cancel") Tool Canvas [bare("Escape")] [];
    SelectTool "select-tool" ("선택 도구", "Select tool") Tool Canvas [bare("v")] [];
    PanTool "pan-tool" ("손 도구", "Hand tool") Tool Canvas [bare("h")] [];
    ConnectTool "connect-tool" ("연결 도구", "Connect tool") Tool Canvas [bare("c")] [Writable];
    ToggleSnap "toggle-snap" ("맞춤 켜기·끄기", "Snapping on or off") Tool Canvas [ctrl("'")] [];
    FindResource "find-resource" ("추가할 리소스 찾기", "Find a resource to add") Tool Canvas [bare("/")] [Writable];
    Find "find" ("설계에서 찾기…", "Find in the design…") View Typing [ctrl("f")] [Nodes];
    TraceFromHere "trace-from-here" ("여기서 나가는 경로 추적", "Trace from here") View Canvas [bare("t")] [OneSelected];
    TraceToHere "trace-to-here" ("여기로 오는 경로 추적", "Trace to here") View Canvas [shift("t")] [OneSelected];
    PanUp "pan-up" ("화면 위로", "Pan up") View Canvas [bare("PageUp")] [];
    PanDown "pan-down" ("화면 아래로", "Pan down") View Canvas [bare("PageDown")] [];
    PanLeft "pan-left" ("화면 왼쪽으로", "Pan left") View Canvas [shift("PageUp")] [];
    PanRight "pan-right" ("화면 오른쪽으로", "Pan right") View Canvas [shift("PageDown")] [];
    ZoomIn "zoom-in" ("확대", "Zoom in") View Canvas [ctrl("="), ctrl("+")] [];
    ZoomOut "zoom-out" ("축소", "Zoom out") View Canvas [ctrl("-")] [];
    ZoomTo100 "zoom-to-100" ("100%로 보기", "Zoom to 100%") View Canvas [ctrl("0")] [];
    ZoomFit "zoom-fit" ("전체 보기", "Zoom to fit") View Canvas [shift("1")] [Nodes];
    TakeAway "take-away" ("없다고 쳐 보기", "What if it were gone") View Page [alt("x")] [Selection];
    Present "present" ("발표하기", "Present") View Page [bare("F5")] [Nodes];
    ZoomSelection "zoom-selection" ("선택한 것 보기", "Zoom to selection") View Canvas [shift("2")] [Selection];
    New "new" ("새 설계", "New design") File Page [] [];
    Open "open" ("파일 열기…", "Open a file…") File Typing [ctrl("o")] [];
    Gallery "gallery" ("예제에서 시작하기…", "Begin with an example…") File Page [] [];
    Designs "designs" ("내 설계…", "My designs…") File Typing [ctrl_shift("o")] [];
    Save "save" ("파일로 저장", "Save to a file") File Typing [ctrl("s")] [];
    ExportTemplate "export-template" ("CloudFormation 템플릿 내보내기", "Export the CloudFormation template") File Typing [ctrl_shift("e")] [Nodes];
    Share "share" ("그림·링크로 공유하기…", "Share as picture or link…") File Page [] [Nodes];
    Deploy "deploy" ("배포하기…", "Deploy…") File Page [] [Nodes];
    ImportNotes "import-notes" ("가져올 때 달라진 것…", "What was read otherwise…") File Page [] [Notes];
    Labs "labs" ("실습…", "Labs…") File Page [] [];
    CommandPalette "command-palette" ("명령 찾기", "Command palette") Page Typing [ctrl("k"), ctrl("/")] [];
    NextPart "next-part" ("화면의 다음 부분으로", "Go to the next part of the page") Page Typing [bare("F6")] [];
    PreviousPart "previous-part" ("화면의 이전 부분으로", "Go to the previous part of the page") Page Typing [shift("F6")] [];
    Tour "tour" ("둘러보기", "Take a tour") Page Page [] [];
    Shortcuts "shortcuts" ("단축키 보기", "Keyboard shortcuts") Page Canvas [bare("?")] [];
    ToggleOutline "toggle-outline" ("개요 패널", "Outline panel") Page Page [] [];
    ToggleProblems "toggle-problems" ("문제 패널", "Problems panel") Page Page [] [];
    ToggleTracer "toggle-tracer" ("경로 추적 패널", "Path tracer panel") Page Page [] [];
    ToggleMatrix "toggle-matrix" ("도달 가능성 패널", "Reachability panel") Page Page [] [];
    TogglePins "toggle-pins" ("고정한 기대 패널", "Assertions panel") Page Page [] [];
    ToggleTemplate "toggle-template" ("템플릿 패널", "Template panel") Page Page [] [];
    ToggleTheme "toggle-theme" ("밝은 화면과 어두운 화면 바꾸기", "Switch between light and dark") Page Page [alt_shift("d")] [];
    ToggleLanguage "toggle-language" ("한국어와 영어 바꾸기", "Switch between Korean and English") Page Page [] [];
}

impl Command {
    /// Whether it would do anything now.
    pub fn enabled(self, state: &State) -> bool {
        self.spec().needs.iter().all(|need| match need {
            Need::Undoable => state.can_undo,
            Need::Redoable => state.can_redo,
            Need::Selection => state.selected > 0,
            Need::Wire => state.wire,
            Need::Something => state.selected > 0 || state.wire,
            Need::OneSelected => state.selected == 1,
            Need::TwoSelected => state.selected >= 2,
            Need::ThreeSelected => state.selected >= 3,
            Need::Nodes => state.nodes > 0,
            Need::Clipboard => state.clipboard,
            Need::Notes => state.notes,
            Need::Writable => !state.read_only,
        })
    }

    /// A command by its id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|command| command.spec().id == id)
    }

    /// The edits by which it puts nodes in line; nothing for a command that does something else.
    pub fn arranges(self, design: &Design, ids: &BTreeSet<NodeId>) -> Option<Vec<Edit>> {
        let to = match self {
            Self::AlignLeft => Align::Left,
            Self::AlignCenter => Align::Center,
            Self::AlignRight => Align::Right,
            Self::AlignTop => Align::Top,
            Self::AlignMiddle => Align::Middle,
            Self::AlignBottom => Align::Bottom,
            Self::DistributeAcross => return Some(distribute(design, ids, Axis::Across)),
            Self::DistributeDown => return Some(distribute(design, ids, Axis::Down)),
            _ => return None,
        };
        Some(align(design, ids, to))
    }

    /// How much wider and higher it makes frames, in world units.
    pub const fn stretch(self) -> Option<Point> {
        Some(match self {
            Self::Narrow => Point::new(-GRID, 0.0),
            Self::Widen => Point::new(GRID, 0.0),
            Self::Lower => Point::new(0.0, -GRID),
            Self::Heighten => Point::new(0.0, GRID),
            _ => return None,
        })
    }

    /// Whether the canvas answers its key by itself, as part of a gesture: a held one is one step.
    pub const fn is_gesture(self) -> bool {
        let pans = matches!(self, Self::PanUp | Self::PanDown | Self::PanLeft | Self::PanRight);
        pans || matches!(self, Self::Cancel | Self::Delete) || self.nudge().is_some() || self.stretch().is_some()
    }

    /// How far a nudge moves, in world units: a step of the grid, far ones ten steps.
    pub const fn nudge(self) -> Option<Point> {
        let far = GRID * 10.0;
        Some(match self {
            Self::NudgeLeft => Point::new(-GRID, 0.0),
            Self::NudgeRight => Point::new(GRID, 0.0),
            Self::NudgeUp => Point::new(0.0, -GRID),
            Self::NudgeDown => Point::new(0.0, GRID),
            Self::NudgeFarLeft => Point::new(-far, 0.0),
            Self::NudgeFarRight => Point::new(far, 0.0),
            Self::NudgeFarUp => Point::new(0.0, -far),
            Self::NudgeFarDown => Point::new(0.0, far),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn ids_are_unique_and_words_are_in_both_languages() {
        let mut ids = BTreeSet::new();
        let mut words = BTreeSet::new();
        for command in Command::ALL {
            let spec = command.spec();
            assert!(ids.insert(spec.id) && words.insert(spec.text), "{} twice", spec.id);
            assert!(
                spec.text.ko.chars().any(|c| ('가'..='힣').contains(&c)) && !spec.text.en.is_empty(),
                "{}",
                spec.id
            );
            assert_eq!(Command::from_id(spec.id), Some(*command));
        }
    }

    #[test]
    fn no_two_commands_share_a_shortcut() {
        let mut taken = BTreeMap::new();
        for command in Command::ALL {
            for keys in command.spec().keys {
                assert_eq!(taken.insert(*keys, command), None, "{} is taken", keys.label(false));
            }
        }
    }

    #[test]
    fn a_command_is_enabled_when_it_would_do_something() {
        let empty = State::default();
        let picked = State { selected: 2, nodes: 5, can_undo: true, ..empty };
        assert!(!Command::Delete.enabled(&empty) && Command::Delete.enabled(&picked));
        assert!(!Command::Rename.enabled(&picked) && Command::Rename.enabled(&State { selected: 1, ..picked }));
        assert!(Command::Undo.enabled(&picked) && !Command::Redo.enabled(&picked));
        let guarded = State { read_only: true, ..picked };
        assert!(!Command::Delete.enabled(&guarded) && Command::Copy.enabled(&guarded));
    }
}
