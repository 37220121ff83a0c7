//! Kernels of formulas, loaded beside this module on its memory.

use std::rc::Rc;

use downhill::kernel::{Function, IMPORTED, Kernel};
use js_sys::{Object, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::{JsCast, JsValue};

/// A loaded kernel's functions by name, which take the address of a block in this module's memory.
struct Loaded(Object);

impl Kernel for Loaded {
    fn call(&self, function: &str, block: &mut [u64]) {
        let function = Reflect::get(&self.0, &function.into()).unwrap_or_default();
        let function: &js_sys::Function = function.unchecked_ref();
        // A trap would be a mistake of ours. The block is then as it was, and never done.
        let _ = function.call1(&JsValue::UNDEFINED, &JsValue::from(block.as_mut_ptr() as u32));
    }
}

/// Formulas run in kernels from now on. Engines that refuse to compile here leave them to the
/// interpreter.
///
/// The page's module is cut here: what only this function needs becomes a part, which is fetched
/// with the figures that compute much.
#[inline(never)]
pub(crate) fn load() {
    downhill::kernel::load_kernels_with(|module| {
        loaded(module).ok().map(|kernel| Rc::new(kernel) as Rc<dyn Kernel>)
    });
}

fn loaded(module: &[u8]) -> Result<Loaded, JsValue> {
    let table: WebAssembly::Table = wasm_bindgen::function_table().unchecked_into();
    let env = Object::new();
    Reflect::set(&env, &"memory".into(), &wasm_bindgen::memory())?;
    for (index, function) in IMPORTED.into_iter().enumerate() {
        // A function pointer of WebAssembly is an index into the table, whose entry calls it
        // without a way through JavaScript.
        let entry = match function {
            Function::Unary(function) => table.get(function as usize as u32)?,
            Function::Binary(function) => table.get(function as usize as u32)?,
        };
        Reflect::set(&env, &(index as u32).to_string().into(), &entry)?;
    }
    let imports = Object::new();
    Reflect::set(&imports, &"env".into(), &env)?;
    let module = WebAssembly::Module::new(&Uint8Array::from(module).into())?;
    Ok(Loaded(WebAssembly::Instance::new(&module, &imports)?.exports()))
}
