//! Keeps the linker's relocations when the module is going to be split; see `crates/xtask/src/dist/split.rs`.

fn main() {
    println!("cargo::rerun-if-env-changed=DOWNHILL_RELOCATIONS");
    if std::env::var_os("DOWNHILL_RELOCATIONS").is_some() {
        println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
    }
}
