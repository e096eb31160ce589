//! Embeds the page and writes down which commands it may call.

fn main() {
    // The page is embedded while compiling: a new one has to be noticed.
    println!("cargo::rerun-if-changed=../ui/dist");
    let commands = &[
        "subscribe",
        "watch",
        "dispatch",
        "start",
        "starts_at_login",
        "start_at_login",
    ];
    let manifest = tauri_build::AppManifest::new().commands(commands);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
        std::process::exit(1);
    }
}
