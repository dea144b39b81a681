//! A design as a document of draw.io, for those who go on there: frames are containers with what stands in them, icons are those of draw.io's own
//! library of AWS, wires are bound at both ends.
//!
//! <https://www.drawio.com/doc/faq/diagram-source-edit>, <https://www.drawio.com/blog/aws-diagrams>

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::icons::icon;
use super::svg::Number;
use super::{Asked, Marks, frames, node, palette, roots};
use crate::catalog::Kind;
use crate::design::{Design, Node, Point, Rect};
use crate::id::NodeId;
use crate::layout::appearance::icon_side;
use crate::layout::edges::Edge;
use crate::text::markup::Escaped;

/// What all containers have in common. Names are plain text, never markup.
const CONTAINER: &str =
    "html=0;whiteSpace=wrap;container=1;collapsible=0;recursiveResize=0;pointerEvents=0;fontSize=12;verticalAlign=top;";
/// What all icons have in common.
const ICON: &str = "html=0;sketch=0;outlineConnect=0;gradientColor=none;dashed=0;verticalLabelPosition=bottom;verticalAlign=top;align=center;fontSize=12;aspect=fixed;";
/// What all wires have in common.
const WIRE: &str = "html=0;edgeStyle=orthogonalEdgeStyle;rounded=1;endArrow=open;endFill=0;strokeWidth=1.5;";

/// Writes the document: all of a design or a part of it, wires on the ways that are given.
pub fn write(design: &Design, marks: &Marks, asked: &Asked<'_>, ways: &BTreeMap<Edge, Vec<Point>>) -> String {
    let roots = roots(design, asked.nodes);
    let drawn: BTreeSet<NodeId> = roots.iter().flat_map(|id| design.subtree(*id)).collect();
    let title = if design.title().is_empty() { "Groundplan" } else { design.title() };
    let mut out = String::with_capacity(drawn.len() * 500);
    _ = write!(
        out,
        "<mxfile host=\"Groundplan\">\n<diagram id=\"groundplan\" name=\"{}\">\n<mxGraphModel grid=\"1\" gridSize=\"8\" page=\"0\" arrows=\"1\" connect=\"1\">\n\
         <root>\n<mxCell id=\"0\"/>\n<mxCell id=\"1\" parent=\"0\"/>\n",
        Escaped(title)
    );
    let mut open: Vec<NodeId> = roots.iter().rev().copied().collect();
    while let Some(id) = open.pop() {
        let Some(node) = design.node(id) else { continue };
        // Within its frame where that is drawn as well, otherwise where it stands in the world.
        let parent = node.parent.filter(|parent| drawn.contains(parent));
        let rect = match parent {
            Some(_) => node.rect,
            None => design.world_rect(id).unwrap_or(node.rect),
        };
        vertex(&mut out, id, node, parent, rect, marks.publics.contains(&id), asked);
        let children: Vec<NodeId> = design.children(Some(id)).collect();
        open.extend(children.into_iter().rev());
    }
    let shown = ways.iter().filter(|(edge, _)| drawn.contains(&edge.from) && drawn.contains(&edge.to));
    for (number, (edge, points)) in shown.enumerate() {
        _ = write!(
            out,
            "<mxCell id=\"w{number}\" style=\"{WIRE}strokeColor={};\" edge=\"1\" parent=\"1\" source=\"{}\" target=\"{}\">\n<mxGeometry relative=\"1\" as=\"geometry\">\n",
            palette::WIRE.hex(),
            edge.from,
            edge.to
        );
        // The ends are the nodes' own; between them the wire bends here.
        let bends = points.get(1..points.len().saturating_sub(1)).unwrap_or_default();
        if !bends.is_empty() {
            out.push_str("<Array as=\"points\">");
            for point in bends {
                _ = write!(out, "<mxPoint x=\"{}\" y=\"{}\"/>", Number(point.x), Number(point.y));
            }
            out.push_str("</Array>\n");
        }
        out.push_str("</mxGeometry>\n</mxCell>\n");
    }
    out.push_str("</root>\n</mxGraphModel>\n</diagram>\n</mxfile>\n");
    out
}

fn vertex(
    out: &mut String,
    id: NodeId,
    node: &Node,
    parent: Option<NodeId>,
    rect: Rect,
    public: bool,
    asked: &Asked<'_>,
) {
    let kind = node.kind();
    let is_frame = kind.spec().shape.is_frame();
    let caption = node.body.caption().filter(|caption| *caption != node.name);
    let parts = [Some(node.name.clone()), caption.map(|caption| caption.to_string())];
    let label = parts.into_iter().flatten().collect::<Vec<_>>().join(if is_frame { "  " } else { "\n" });
    let (style, rect) = if is_frame {
        (frame(kind, public), rect)
    } else {
        let side = icon_side(node);
        (tile(kind), Rect::new(rect.x + (rect.w - side) / 2.0, rect.y, side, side))
    };
    let parent = parent.map_or_else(|| "1".to_owned(), |parent| parent.to_string());
    _ = write!(
        out,
        "<mxCell id=\"{id}\" value=\"{}\" tooltip=\"{}\" style=\"{style}fontColor={};\" vertex=\"1\" parent=\"{parent}\">\n\
         <mxGeometry x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" as=\"geometry\"/>\n</mxCell>\n",
        Escaped(&label).to_string().replace('\n', "&#10;"),
        Escaped(&node::says(node, asked.lang)),
        palette::INK.hex(),
        Number(rect.x),
        Number(rect.y),
        Number(rect.w),
        Number(rect.h)
    );
}

/// A container in AWS's look: the groups that draw.io has, boxes in our colours for the others.
fn frame(kind: Kind, public: bool) -> String {
    let group = match kind {
        Kind::Region => {
            "shape=mxgraph.aws4.group;grIcon=mxgraph.aws4.group_region;align=left;spacingLeft=30;dashed=1;fillColor=none;"
        }
        Kind::Vpc => {
            "shape=mxgraph.aws4.group;grIcon=mxgraph.aws4.group_vpc2;align=left;spacingLeft=30;dashed=0;fillColor=none;"
        }
        Kind::Zone => "dashed=1;fillColor=none;",
        Kind::Subnet if public => {
            "shape=mxgraph.aws4.group;grIcon=mxgraph.aws4.group_security_group;grStroke=0;align=left;spacingLeft=30;dashed=0;fillColor=#F2F6E8;"
        }
        Kind::Subnet => {
            "shape=mxgraph.aws4.group;grIcon=mxgraph.aws4.group_security_group;grStroke=0;align=left;spacingLeft=30;dashed=0;fillColor=#E6F6F7;"
        }
        Kind::AutoScalingGroup => {
            "shape=mxgraph.aws4.groupCenter;grIcon=mxgraph.aws4.group_auto_scaling_group;grStroke=1;align=center;spacingTop=25;dashed=1;fillColor=none;"
        }
        _ => "rounded=1;arcSize=2;align=left;spacingLeft=8;dashed=0;fillColor=none;",
    };
    format!("{CONTAINER}{group}strokeColor={};", frames::line(kind, public).hex())
}

/// An icon: of a service on its square, or of a resource without one.
fn tile(kind: Kind) -> String {
    let colour = palette::tint(icon(kind).tint).hex();
    match symbol(kind) {
        Symbol::Service(name) => {
            format!(
                "{ICON}shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.{name};strokeColor=#ffffff;fillColor={colour};"
            )
        }
        Symbol::Resource(name) => format!("{ICON}shape=mxgraph.aws4.{name};strokeColor=none;fillColor={colour};"),
    }
}

/// What draw.io calls an icon.
enum Symbol {
    /// A service's, for a square.
    Service(&'static str),
    /// A resource's, which stands by itself.
    Resource(&'static str),
}

/// The icon of a kind in draw.io's library; its general one where there is none.
const fn symbol(kind: Kind) -> Symbol {
    match kind {
        Kind::Internet => Symbol::Resource("internet"),
        Kind::Laptop => Symbol::Resource("client"),
        Kind::InternetGateway => Symbol::Resource("internet_gateway"),
        Kind::NatGateway => Symbol::Resource("nat_gateway"),
        Kind::ElasticIp => Symbol::Resource("elastic_ip_address"),
        Kind::RouteTable | Kind::TransitGatewayRouteTable => Symbol::Resource("route_table"),
        Kind::NetworkAcl => Symbol::Resource("network_access_control_list"),
        Kind::SecurityGroup => Symbol::Resource("generic_firewall"),
        Kind::KeyPair => Symbol::Resource("credentials"),
        Kind::IamUser => Symbol::Resource("user"),
        Kind::IamGroup => Symbol::Resource("users"),
        Kind::IamRole | Kind::InstanceProfile => Symbol::Resource("role"),
        Kind::IamPolicy => Symbol::Resource("policy"),
        Kind::Instance => Symbol::Service("ec2"),
        Kind::MachineImage => Symbol::Resource("ami"),
        Kind::LoadBalancer => Symbol::Service("elastic_load_balancing"),
        Kind::HostedZone | Kind::RecordSet => Symbol::Service("route_53"),
        Kind::Certificate => Symbol::Service("certificate_manager_3"),
        Kind::Volume => Symbol::Resource("volume"),
        Kind::Snapshot => Symbol::Resource("snapshot"),
        Kind::NetworkInterface => Symbol::Resource("elastic_network_interface"),
        Kind::VpcPeering | Kind::TransitGatewayPeering => Symbol::Resource("peering"),
        Kind::VpcEndpoint => Symbol::Resource("endpoints"),
        Kind::TransitGateway => Symbol::Service("transit_gateway"),
        Kind::TransitGatewayAttachment => Symbol::Resource("transit_gateway_attachment"),
        Kind::VpnGateway => Symbol::Resource("vpn_gateway"),
        Kind::VpnConnection => Symbol::Resource("vpn_connection"),
        Kind::CustomerGateway => Symbol::Resource("customer_gateway"),
        Kind::CloudformationResource => Symbol::Service("cloudformation"),
        Kind::Distribution => Symbol::Service("cloudfront"),
        Kind::S3Bucket => Symbol::Service("s3"),
        Kind::DbInstance => Symbol::Service("rds"),
        Kind::DynamodbTable => Symbol::Service("dynamodb"),
        Kind::CodePipeline => Symbol::Service("codepipeline"),
        Kind::CodeBuildProject => Symbol::Service("codebuild"),
        Kind::CodeDeployApplication | Kind::CodeDeployGroup => Symbol::Service("codedeploy"),
        Kind::EcrRepository => Symbol::Service("ecr"),
        Kind::EcsCluster | Kind::EcsService | Kind::TaskDefinition => Symbol::Service("ecs"),
        Kind::LambdaFunction => Symbol::Service("lambda"),
        Kind::ApiGateway => Symbol::Service("api_gateway"),
        Kind::LogGroup | Kind::Alarm | Kind::Dashboard => Symbol::Service("cloudwatch_2"),
        Kind::SsmParameter => Symbol::Service("systems_manager"),
        Kind::ScalingPolicy | Kind::ScheduledAction => Symbol::Resource("auto_scaling2"),
        _ => Symbol::Resource("resource"),
    }
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;
    use crate::picture::ways;
    use crate::samples;
    use crate::text::Lang;

    fn number(node: roxmltree::Node<'_, '_>, name: &str) -> f64 {
        node.attribute(name).unwrap().parse().unwrap()
    }

    #[test]
    fn everything_is_there_in_its_frame_and_wires_are_bound() {
        for sample in samples::list() {
            let design = sample.draw();
            let ways = ways(&design, &Marks::default());
            let text = write(&design, &Marks::default(), &Asked::all(Lang::En), &ways);
            let document = Document::parse(&text).unwrap();
            let cells: BTreeMap<&str, roxmltree::Node<'_, '_>> = document
                .descendants()
                .filter(|node| node.has_tag_name("mxCell"))
                .map(|node| (node.attribute("id").unwrap(), node))
                .collect();
            let vertices = cells.values().filter(|cell| cell.attribute("vertex") == Some("1"));
            assert_eq!(vertices.count(), design.len());
            for (id, node) in design.nodes() {
                let cell = cells[id.to_string().as_str()];
                let expected = node.parent.map_or_else(|| "1".to_owned(), |parent| parent.to_string());
                assert_eq!(cell.attribute("parent"), Some(expected.as_str()));
                assert!(cell.attribute("value").unwrap().starts_with(&node.name), "{}", node.name);
                // From frame to frame, a place adds up to the one in the world.
                let (mut at, mut up) = (Point::default(), Some(cell));
                while let Some(one) = up.filter(|one| one.attribute("vertex").is_some()) {
                    let geometry = one.children().find(|child| child.has_tag_name("mxGeometry")).unwrap();
                    at = at + Point::new(number(geometry, "x"), number(geometry, "y"));
                    up = cells.get(one.attribute("parent").unwrap()).copied();
                }
                let rect = design.world_rect(id).unwrap();
                let inset = if node.kind().spec().shape.is_frame() { 0.0 } else { (rect.w - icon_side(node)) / 2.0 };
                assert!(
                    (at.x - rect.x - inset).abs() < 0.1 && (at.y - rect.y).abs() < 0.1,
                    "{} {at:?} {rect:?}",
                    node.name
                );
                let style = cell.attribute("style").unwrap();
                assert!(style.contains("html=0;") && style.contains("fontColor="), "{style}");
                if node.kind().spec().shape.is_frame() {
                    assert!(style.contains("container=1;"));
                } else {
                    assert!(style.contains("shape=mxgraph.aws4."));
                }
            }
            let edges: Vec<_> = cells.values().filter(|cell| cell.attribute("edge") == Some("1")).collect();
            assert_eq!(edges.len(), ways.len());
            for edge in edges {
                for end in ["source", "target"] {
                    assert!(cells[edge.attribute(end).unwrap()].attribute("vertex").is_some());
                }
            }
        }
    }

    #[test]
    fn a_part_stands_by_itself_and_names_are_no_markup() {
        let mut design = samples::two_az_vpc();
        let (vpc, _) = design.nodes().find(|(_, node)| node.kind() == Kind::Vpc).unwrap();
        let name = "<b>\"a\" & b</b>;fillColor=red";
        design.apply(&crate::design::Edit::Rename { id: vpc, name: name.to_owned() }).unwrap();
        let ways = ways(&design, &Marks::default());
        let text = write(&design, &Marks::default(), &Asked { nodes: &[vpc], ..Asked::all(Lang::Ko) }, &ways);
        let document = Document::parse(&text).unwrap();
        let cells = || document.descendants().filter(|node| node.has_tag_name("mxCell"));
        let own = cells().find(|cell| cell.attribute("id") == Some(&vpc.to_string())).unwrap();
        assert_eq!(own.attribute("parent"), Some("1"));
        assert!(own.attribute("value").unwrap().starts_with(name));
        assert_eq!(cells().filter(|cell| cell.attribute("vertex").is_some()).count(), design.subtree(vpc).len());
        let ids: BTreeSet<_> = cells().filter_map(|cell| cell.attribute("id")).collect();
        for edge in cells().filter(|cell| cell.attribute("edge").is_some()) {
            assert!(ids.contains(edge.attribute("source").unwrap()) && ids.contains(edge.attribute("target").unwrap()));
        }
    }
}
