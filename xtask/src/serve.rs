//! A small static server for the built page: loopback only, with the headers that the hosting in `deploy/` sends.

use crate::{bundle, size};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The one place of the security headers; `tests/templates/test_hosting.py` compares the hosting template with it.
const HEADERS: &str = include_str!("../../deploy/headers.json");
const FIRST_PORT: u16 = 8080;
const HEAD_LIMIT: u64 = 16 * 1024;
const IDLE: Duration = Duration::from_secs(60);

/// Builds the page and serves it until the process is ended.
pub fn command(port: Option<u16>, profile: bundle::Profile) -> Result<()> {
    let folder = bundle::build(profile)?;
    if profile.is_optimised() {
        size::report(&folder)?;
    }
    let listener = match port {
        Some(port) => bind(port).with_context(|| format!("port {port} cannot be had; try another --port"))?,
        None => (FIRST_PORT..FIRST_PORT + 100).find_map(|port| bind(port).ok()).map_or_else(|| bind(0), Ok)?,
    };
    println!("Groundplan is at http://{}/ — Ctrl+C ends it.", listener.local_addr()?);
    serve(&listener, &folder)
}

/// A listener on loopback; port 0 takes any free one.
pub fn bind(port: u16) -> std::io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

/// Answers for ever, a thread for each connection.
pub fn serve(listener: &TcpListener, folder: &Path) -> Result<()> {
    let site = Arc::new(Site::open(folder)?);
    for stream in listener.incoming().flatten() {
        let site = Arc::clone(&site);
        // A client that goes away in the middle is no concern of the server.
        std::thread::spawn(move || site.talk(&stream).ok());
    }
    bail!("the listener was closed")
}

struct Site {
    folder: PathBuf,
    headers: String,
}

struct Request {
    method: String,
    target: String,
    brotli: bool,
    keep: bool,
}

struct Answer {
    status: &'static str,
    headers: String,
    body: Vec<u8>,
}

impl Site {
    fn open(folder: &Path) -> Result<Site> {
        let table: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(HEADERS).context("deploy/headers.json")?;
        let mut headers = String::new();
        for (name, value) in &table {
            let value = value.as_str().with_context(|| format!("deploy/headers.json: {name} is not a string"))?;
            headers += &format!("{name}: {value}\r\n");
        }
        let folder = folder.canonicalize().with_context(|| format!("there is no {}", folder.display()))?;
        Ok(Site { folder, headers })
    }

    fn talk(&self, stream: &TcpStream) -> Result<()> {
        stream.set_read_timeout(Some(IDLE))?;
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream);
        while let Some(request) = read_request(&mut reader)? {
            let answer = self.answer(&request);
            let mut bytes = format!(
                "HTTP/1.1 {}\r\n{}{}Content-Length: {}\r\nConnection: {}\r\n\r\n",
                answer.status,
                self.headers,
                answer.headers,
                answer.body.len(),
                if request.keep { "keep-alive" } else { "close" },
            )
            .into_bytes();
            if request.method != "HEAD" {
                bytes.extend_from_slice(&answer.body);
            }
            let mut stream = stream;
            stream.write_all(&bytes)?;
            if !request.keep {
                break;
            }
        }
        Ok(())
    }

    fn answer(&self, request: &Request) -> Answer {
        if request.method != "GET" && request.method != "HEAD" {
            return Answer::plain("405 Method Not Allowed", "Allow: GET, HEAD\r\n");
        }
        self.file(request).unwrap_or_else(|| Answer::plain("404 Not Found", ""))
    }

    /// The file that the request names, if it names one inside the folder.
    fn file(&self, request: &Request) -> Option<Answer> {
        let path = self.folder.join(relative_path(&request.target)?).canonicalize().ok()?;
        if !path.starts_with(&self.folder) || !path.is_file() {
            return None;
        }
        let mut headers = format!("Content-Type: {}\r\nCache-Control: {}\r\n", mime(&path), cache_control(&path));
        let copy = size::compressed(&path);
        let compressible = copy.is_file();
        if compressible {
            headers += "Vary: Accept-Encoding\r\n";
        }
        let chosen = if compressible && request.brotli {
            headers += "Content-Encoding: br\r\n";
            copy
        } else {
            path
        };
        Some(Answer { status: "200 OK", headers, body: std::fs::read(chosen).ok()? })
    }
}

impl Answer {
    fn plain(status: &'static str, headers: &str) -> Answer {
        let headers = format!("{headers}Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-cache\r\n");
        Answer { status, headers, body: format!("{status}\n").into_bytes() }
    }
}

/// `None` at the end of the connection.
fn read_request(reader: &mut impl BufRead) -> Result<Option<Request>> {
    let mut head = reader.take(HEAD_LIMIT);
    let mut line = String::new();
    if head.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace();
    let (Some(method), Some(target), Some(version)) = (words.next(), words.next(), words.next()) else {
        bail!("not a request line");
    };
    let mut request = Request {
        method: method.to_owned(),
        target: target.to_owned(),
        brotli: false,
        // A request with a body is refused, and its body is not read: the connection must end.
        keep: version == "HTTP/1.1" && matches!(method, "GET" | "HEAD"),
    };
    loop {
        line.clear();
        if head.read_line(&mut line)? == 0 {
            bail!("the head of the request is cut off or too long");
        }
        let header = line.trim_end();
        if header.is_empty() {
            return Ok(Some(request));
        }
        let Some((name, value)) = header.split_once(':') else { bail!("not a header line") };
        let value = value.trim().to_ascii_lowercase();
        if name.eq_ignore_ascii_case("accept-encoding") {
            request.brotli = value.split(',').any(|coding| coding.trim() == "br");
        } else if name.eq_ignore_ascii_case("connection") && value == "close" {
            request.keep = false;
        }
    }
}

/// The path of a request target inside the folder; `None` for whatever could lead outside.
fn relative_path(target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = percent_decode(path)?;
    if path.is_empty() {
        return Some(PathBuf::from("index.html"));
    }
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']);
    path.split('/').all(plain).then(|| path.split('/').collect())
}

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn mime(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A name with Trunk's hash in it (`main-0123456789abcdef.css`) never changes its content.
fn cache_control(path: &Path) -> &'static str {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
    let is_hash = |part: &str| part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    if name.split(['-', '_', '.']).any(is_hash) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_stay_inside_the_folder() {
        let path = |target| relative_path(target).map(|path| path.to_string_lossy().into_owned());
        assert_eq!(path("/").as_deref(), Some("index.html"));
        assert_eq!(path("/?lang=en#x").as_deref(), Some("index.html"));
        assert_eq!(path("/a%20b/c.js").as_deref(), Some("a b/c.js"));
        for refused in [
            "",
            "x",
            "/..",
            "/../x",
            "/%2e%2e/x",
            "/a/..%2f..%2fx",
            "//etc/passwd",
            "/a\\..\\x",
            "/.git",
            "/c:/x",
            "/%",
            "/%zz",
            "/%ff",
        ] {
            assert_eq!(path(refused), None, "{refused}");
        }
    }

    #[test]
    fn only_hashed_names_are_immutable() {
        assert!(cache_control(Path::new("main-0123456789abcdef.css")).contains("immutable"));
        assert!(cache_control(Path::new("groundplan-app-0123456789abcdef_bg.wasm")).contains("immutable"));
        assert_eq!(cache_control(Path::new("index.html")), "no-cache");
        assert_eq!(cache_control(Path::new("favicon.svg")), "no-cache");
    }

    #[test]
    fn requests_are_read_one_after_the_other() {
        let text = "GET /a HTTP/1.1\r\nAccept-Encoding: gzip, br\r\n\r\nPOST / HTTP/1.1\r\n\r\n";
        let mut reader = text.as_bytes();
        let first = read_request(&mut reader).unwrap().unwrap();
        assert_eq!((first.method.as_str(), first.target.as_str(), first.brotli, first.keep), ("GET", "/a", true, true));
        assert!(!read_request(&mut reader).unwrap().unwrap().keep);
        assert!(read_request(&mut reader).unwrap().is_none());
        let endless = format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(20_000));
        assert!(read_request(&mut endless.as_bytes()).is_err());
    }

    /// Talks to a real server over a socket.
    #[test]
    fn answers_with_the_headers_of_production() {
        let folder = std::env::temp_dir().join(format!("groundplan-serve-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("index.html"), "page").unwrap();
        std::fs::write(folder.join("index.html.br"), "small").unwrap();
        let listener = bind(0).unwrap();
        let address = listener.local_addr().unwrap();
        let served = folder.clone();
        std::thread::spawn(move || serve(&listener, &served).map_err(|error| error.to_string()));
        let ask = |request: &str| {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(format!("{request} HTTP/1.1\r\nConnection: close\r\n").as_bytes()).unwrap();
            stream.write_all(b"Accept-Encoding: br\r\n\r\n").unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).unwrap();
            text
        };
        let page = ask("GET /");
        assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.ends_with("\r\n\r\nsmall"), "{page}");
        assert!(page.contains("Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"));
        assert!(page.contains("X-Content-Type-Options: nosniff\r\n") && page.contains("Content-Encoding: br\r\n"));
        assert!(page.contains("Cache-Control: no-cache\r\n") && page.contains("Vary: Accept-Encoding\r\n"));
        let head = ask("HEAD /index.html");
        assert!(head.contains("Content-Length: 5\r\n") && head.ends_with("\r\n\r\n"), "{head}");
        assert!(ask("GET /nothing").starts_with("HTTP/1.1 404 "));
        assert!(ask("GET /../Cargo.toml").starts_with("HTTP/1.1 404 "));
        assert!(ask("POST /").starts_with("HTTP/1.1 405 "));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
