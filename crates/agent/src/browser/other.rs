//! Whatever the system opens web pages with. Not run where it was written.

pub(super) fn open(url: &str) -> anyhow::Result<()> {
    Ok(opener::open_browser(url)?)
}
