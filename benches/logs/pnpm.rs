//! pnpm's two reporters for machines: one JSON object a line, and progress that is appended.

use super::random::{Random, tarball};

/// `--reporter=ndjson`.
pub fn ndjson(size: usize) -> String {
    let mut random = Random::new(3);
    let mut log = String::with_capacity(size + size / 8);
    let mut time = 1_795_291_504_000_u64;
    while log.len() < size {
        time += random.below(9) as u64;
        let start = format!("{{\"time\":{time},\"hostname\":\"ci-4\",\"pid\":4711,\"level\":\"debug\"");
        let (package, version) = (random.package(), random.version());
        let id = format!("{{npm}}/{package}/{version}");
        let rest = match random.below(6) {
            0 => format!(
                "\"packageId\":\"{id}\",\"requester\":\"/home/dev/app\",\"status\":\"resolved\",\"name\":\"pnpm:progress\""
            ),
            1 => format!(
                "\"packageId\":\"{id}\",\"requester\":\"/home/dev/app\",\"status\":\"fetched\",\"name\":\"pnpm:progress\""
            ),
            2 => format!(
                "\"attempt\":1,\"packageId\":\"{id}\",\"size\":{},\"status\":\"started\",\"name\":\"pnpm:fetching-progress\"",
                random.below(900_000)
            ),
            3 => format!(
                "\"dep\":\"{package}\",\"wanted\":\"^{version}\",\"tarball\":\"{}\",\"integrity\":\"{}\",\"name\":\"pnpm:resolution\"",
                tarball(&package, &version),
                random.integrity()
            ),
            4 => format!(
                "\"method\":\"hardlink\",\"status\":\"imported\",\"to\":\"/home/dev/app/node_modules/.pnpm/{package}@{version}\",\"name\":\"pnpm:progress\""
            ),
            _ => format!(
                "\"deprecated\":\"use another\",\"depth\":{},\"pkgId\":\"{id}\",\"name\":\"pnpm:deprecation\"",
                random.below(9)
            ),
        };
        log.push_str(&format!("{start},{rest}}}\n"));
    }
    let url = tarball("@acme/ui", "2.1.0");
    log.push_str(&format!(
        "{{\"time\":{time},\"hostname\":\"ci-4\",\"pid\":403,\"level\":\"error\",\"code\":\"ERR_PNPM_FETCH_403\",\
         \"request\":{{\"url\":\"{url}\"}},\"err\":{{\"name\":\"pnpm\",\"message\":\"GET {url}: Forbidden - 403\",\
         \"code\":\"ERR_PNPM_FETCH_403\"}},\"name\":\"pnpm\"}}\n"
    ));
    log
}

/// `--reporter=append-only`, as in a CI job that stamps each line.
pub fn append_only(size: usize) -> String {
    let mut random = Random::new(4);
    let mut log = String::with_capacity(size + size / 8);
    let mut seconds = 0;
    let mut resolved = 0;
    while log.len() < size {
        seconds += random.below(2);
        resolved += random.below(5);
        let (package, version) = (random.package(), random.version());
        let line = match random.below(5) {
            0 | 1 => format!(
                "Progress: resolved {resolved}, reused {}, downloaded {}, added {}",
                resolved / 2,
                resolved / 3,
                resolved / 4
            ),
            2 => format!(" WARN  deprecated {package}@{version}: this library is no longer supported"),
            3 => format!("packages/{package} postinstall$ node install.js {}", random.hex(40)),
            _ => format!("packages/{package} postinstall: Done in {}ms", random.below(4000)),
        };
        log.push_str(&stamped(seconds, &line));
    }
    let url = tarball("@acme/ui", "2.1.0");
    log.push_str(&stamped(
        seconds,
        &format!("\u{2009}ERR_PNPM_FETCH_403\u{2009} GET {url}: Forbidden - 403"),
    ));
    log.push_str(&stamped(
        seconds,
        "This error happened while installing a direct dependency of /home/dev/app",
    ));
    log.push_str(&stamped(seconds, "No authorization header was set for the request."));
    log
}

fn stamped(seconds: usize, line: &str) -> String {
    let (hours, minutes) = (seconds / 3600 % 24, seconds / 60 % 60);
    format!("2026-11-21T{hours:02}:{minutes:02}:{:02}.0000000Z {line}\n", seconds % 60)
}
