//! A bucket that somebody outside every VPC asks for: no network of the design is on the way.

use super::addresses::stand_in_block;
use super::packet::{Blocker, Decision, Packet, Step, StepKind, Walk};
use super::question::{Question, Trace};
use crate::catalog::kinds::S3Bucket;
use crate::facts::routes::SOMEBODY;
use crate::id::NodeId;
use crate::message;
use crate::net::{PortRange, Protocol};

/// Where S3 answers, by HTTP and HTTPS (<https://docs.aws.amazon.com/general/latest/gr/s3.html>).
const PORTS: [u16; 2] = [80, 443];

/// The way from the internet to a bucket, whose service has addresses that everybody gets to.
pub(super) fn from_outside(id: NodeId, name: &str, bucket: &S3Bucket, question: Question) -> Trace {
    let port = question.port.or(PORTS.last().copied()).map_or(PortRange::ALL, PortRange::single);
    let header = Packet {
        protocol: question.protocol,
        source: SOMEBODY,
        source_ports: PortRange::EPHEMERAL_LINUX,
        destination: stand_in_block("s3").first(),
        ports: port,
    };
    let is_spoken = question.protocol == Protocol::Tcp && question.port.is_none_or(|port| PORTS.contains(&port));
    let is_open = is_spoken && bucket.is_public();
    let step = Step {
        kind: StepKind::Internet,
        component: None,
        decision: Decision::Pass,
        passed: is_open,
        header_in: header,
        header_out: header,
    };
    let mut forward = Walk { steps: vec![step], arrives: is_open, last: Some(header), ..Walk::default() };
    if !is_spoken {
        let message = message!(
            "S3는 TCP 80과 443에서만 답해서, 버킷 {name}에 다른 프로토콜이나 포트로는 닿지 않아요.",
            "S3 answers on TCP 80 and 443 alone, so bucket {name} is not reached by another protocol or port."
        );
        forward.blockers.push(Blocker::new("PROTOCOL_RESTRICTION", Some(id), message));
    } else if !is_open {
        let message = message!(
            "S3의 주소는 인터넷에 있어서 네트워크로는 누구나 닿아요. 버킷 {name}을(를) 읽을 수 있는지는 정책과 요청하는 사람에 달려 있는데, 여기서는 판단하지 않아요.",
            "S3's addresses are on the internet, so by the network anybody gets there. Who may read bucket {name} hangs on policies and on who asks, which is not judged here."
        );
        forward.blockers.push(Blocker::unknown("UNSUPPORTED_COMPONENT", Some(id), message));
    }
    let reply = Walk { arrives: is_open, own_service: true, last: header.reply(), ..Walk::default() };
    Trace::of(forward, if is_open { reply } else { Walk::default() })
}
