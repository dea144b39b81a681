//! A small static server for the built page: loopback only, with the headers that the hosting in `deploy/` sends.
//!
//! Paths, types, compressed copies and requests are tower-http's; here is what only this page has.

use crate::{bundle, size};
use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use tower_http::services::ServeDir;

/// The one place of the security headers; `tests/templates/test_hosting.py` compares the hosting template with it.
const HEADERS: &str = include_str!("../../deploy/headers.json");
/// What is otherwise for the page that other sites may frame; null where a header is not sent.
const EMBED_HEADERS: &str = include_str!("../../deploy/embed-headers.json");
const FIRST_PORT: u16 = 8080;
const NOT_FOUND: &str = "There is no such file.\n";

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
    serve(listener, &folder)
}

/// A listener on loopback; port 0 takes any free one.
pub fn bind(port: u16) -> std::io::Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
}

/// Answers for ever.
pub fn serve(listener: TcpListener, folder: &Path) -> Result<()> {
    let headers = headers(&[HEADERS])?;
    let embedded = self::headers(&[HEADERS, EMBED_HEADERS])?;
    let site = Router::new().fallback_service(ServeDir::new(folder).precompressed_br());
    let site = site.layer(from_fn(move |request: Request, next| {
        let is_embedded = request.uri().path().ends_with("/embed.html");
        answer(request, next, if is_embedded { embedded.clone() } else { headers.clone() })
    }));
    listener.set_nonblocking(true)?;
    tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()?
        .block_on(async { axum::serve(tokio::net::TcpListener::from_std(listener)?, site).await })?;
    bail!("the listener was closed")
}

/// What answers carry, by tables of which later ones change earlier ones.
fn headers(tables: &[&str]) -> Result<HeaderMap> {
    let mut table: serde_json::Map<String, serde_json::Value> = serde_json::Map::new();
    for one in tables {
        table.extend(serde_json::from_str::<serde_json::Map<_, _>>(one).context("the headers in deploy/")?);
    }
    table.retain(|_, value| !value.is_null());
    let one = |(name, value): (&String, &serde_json::Value)| {
        let value = value.as_str().with_context(|| format!("the headers in deploy/: {name} is not a string"))?;
        Ok((name.parse::<HeaderName>()?, value.parse::<HeaderValue>()?))
    };
    table.iter().map(one).collect()
}

async fn answer(request: Request, next: Next, headers: HeaderMap) -> Response {
    let caching = cache_control(request.uri().path());
    let mut answer = next.run(request).await;
    let caching = if answer.status().is_client_error() { "no-cache" } else { caching };
    if answer.status() == StatusCode::NOT_FOUND {
        // Without words a browser shows a page of its own in the place of the answer.
        *answer.body_mut() = Body::from(NOT_FOUND);
        answer.headers_mut().remove(header::CONTENT_LENGTH);
        answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    }
    answer.headers_mut().extend(headers);
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    answer.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    answer
}

/// A name with a hash in it (`main-0123456789abcdef.css`) never changes its content. Trunk prints one of 64 bits without leading zeros.
fn cache_control(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or("");
    let is_hash = |part: &str| (12..=16).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    if name.split(['-', '_', '.']).any(is_hash) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpStream;

    #[test]
    fn only_hashed_names_are_immutable() {
        assert!(cache_control("/main-0123456789abcdef.css").contains("immutable"));
        assert!(cache_control("/groundplan-app-8309c7e01111a69_bg.wasm").contains("immutable"));
        assert_eq!(cache_control("/"), "no-cache");
        assert_eq!(cache_control("/0123456789abcdef/favicon.svg"), "no-cache");
    }

    /// Talks to a real server over a socket.
    #[test]
    fn answers_with_the_headers_of_production() {
        let folder = std::env::temp_dir().join(format!("groundplan-serve-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("index.html"), "page").unwrap();
        std::fs::write(folder.join("app-0123456789abcdef.wasm"), "wasm").unwrap();
        std::fs::write(folder.join("index.html.br"), "small").unwrap();
        let listener = bind(0).unwrap();
        let address = listener.local_addr().unwrap();
        let served = folder.clone();
        std::thread::spawn(move || serve(listener, &served).map_err(|error| error.to_string()));
        let ask = |request: &str| {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(format!("{request} HTTP/1.1\r\nConnection: close\r\n").as_bytes()).unwrap();
            stream.write_all(b"Accept-Encoding: br\r\n\r\n").unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).unwrap();
            text
        };
        let page = ask("GET /").to_lowercase();
        assert!(page.starts_with("http/1.1 200 ok\r\n") && page.ends_with("\r\n\r\nsmall"), "{page}");
        assert!(page.contains("content-security-policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"));
        assert!(page.contains("x-content-type-options: nosniff\r\n") && page.contains("content-encoding: br\r\n"));
        assert!(page.contains("cache-control: no-cache\r\n") && page.contains("vary: accept-encoding\r\n"));
        std::fs::write(folder.join("embed.html"), "framed").unwrap();
        let framed = ask("GET /embed.html").to_lowercase();
        assert!(framed.contains("frame-ancestors *\r\n") && !framed.contains("x-frame-options"), "{framed}");
        assert!(framed.contains("x-content-type-options: nosniff\r\n"), "{framed}");
        assert!(page.contains("frame-ancestors 'none'\r\n") && page.contains("x-frame-options: deny\r\n"), "{page}");
        let wasm = ask("GET /app-0123456789abcdef.wasm?x");
        assert!(wasm.contains("content-type: application/wasm\r\n") && wasm.contains("immutable\r\n"), "{wasm}");
        let head = ask("HEAD /index.html");
        assert!(head.contains("content-length: 5\r\n") && head.ends_with("\r\n\r\n"), "{head}");
        for missing in
            ["GET /nothing", "GET /../Cargo.toml", "GET /%2e%2e/Cargo.toml", "GET /nothing-0123456789abcdef.js"]
        {
            let answer = ask(missing);
            assert!(answer.starts_with("HTTP/1.1 404 ") && answer.contains("cache-control: no-cache\r\n"), "{answer}");
            assert!(answer.contains("x-content-type-options: nosniff\r\n"), "{answer}");
            assert!(answer.ends_with(NOT_FOUND), "{answer}");
        }
        assert!(ask("POST /").starts_with("HTTP/1.1 405 "));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
