//! Kernels of formulas, loaded beside this module on its memory.

use std::rc::Rc;

use downhill::kernel::{Function, IMPORTED, Kernel};
use js_sys::{Object, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::{JsCast, JsValue};

/// A loaded kernel's functions, which take the address of a block in this module's memory.
struct Loaded {
    walk: js_sys::Function,
    classify: js_sys::Function,
}

impl Loaded {
    fn call(function: &js_sys::Function, block: &mut [u64]) {
        // A trap would be a mistake of ours. The block is then as it was, and never done.
        let _ = function.call1(&JsValue::UNDEFINED, &JsValue::from(block.as_mut_ptr() as u32));
    }
}

impl Kernel for Loaded {
    fn walk(&self, block: &mut [u64]) {
        Self::call(&self.walk, block);
    }
    fn classify(&self, block: &mut [u64]) {
        Self::call(&self.classify, block);
    }
}

/// Formulas run in kernels from now on. Engines that refuse to compile here leave them to the
/// interpreter.
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
    let exports = WebAssembly::Instance::new(&module, &imports)?.exports();
    let function = |name: &str| Reflect::get(&exports, &name.into()).and_then(JsCast::dyn_into);
    Ok(Loaded { walk: function("walk")?, classify: function("classify")? })
}
