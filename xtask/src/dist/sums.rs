//! `SHA256SUMS`: so that whoever copies a file knows that it is whole.

use std::fs;

use sha2::{Digest, Sha256};

use super::Release;
use super::archive::save;

/// Writes the sums of all files of the release, as `sha256sum --check` reads them.
pub(super) fn write(release: &Release) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("读不了 {}：{error}", release.folder.display());
    let mut lines = Vec::new();
    for entry in fs::read_dir(&release.folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let digest = Sha256::digest(fs::read(entry.path()).map_err(failed)?);
        let digest: String = digest.iter().map(|it| format!("{it:02x}")).collect();
        lines.push((entry.file_name().to_string_lossy().into_owned(), digest));
    }
    lines.sort();
    let text: String = lines.iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect();
    save(release, "SHA256SUMS", text.as_bytes())
}
