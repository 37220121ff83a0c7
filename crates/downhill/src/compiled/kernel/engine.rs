//! An engine for tests: WebAssembly interpreted by wasmi.

use std::cell::RefCell;
use std::rc::Rc;

use wasmi::{Engine, Func, Instance, Linker, Memory, MemoryType, Module, Store};

use super::{Function, IMPORTED, Kernel};

/// A module in an interpreter of WebAssembly, with a memory of its own.
struct Wasmi {
    store: RefCell<Store<()>>,
    instance: Instance,
    memory: Memory,
}

/// Runs formulas on this engine from now on, in this thread.
pub(crate) fn start() {
    super::load_kernels_with(load);
}

/// A module on this engine.
pub(super) fn load(bytes: &[u8]) -> Option<Rc<dyn Kernel>> {
    Wasmi::load(bytes)
}

impl Wasmi {
    fn load(bytes: &[u8]) -> Option<Rc<dyn Kernel>> {
        let engine = Engine::default();
        let module = Module::new(&engine, bytes).expect("a valid module");
        let mut store = Store::new(&engine, ());
        let mut linker = Linker::new(&engine);
        let memory = Memory::new(&mut store, MemoryType::new(64, None)).expect("4 MiB");
        linker.define("env", "memory", memory).expect("a new name");
        for (index, function) in IMPORTED.into_iter().enumerate() {
            let function = match function {
                Function::Unary(f) => Func::wrap(&mut store, move |a: f64| f(a)),
                Function::Binary(f) => Func::wrap(&mut store, move |a: f64, b: f64| f(a, b)),
            };
            linker.define("env", &index.to_string(), function).expect("a new name");
        }
        let instance = linker.instantiate_and_start(&mut store, &module).expect("its imports");
        Some(Rc::new(Self { store: RefCell::new(store), instance, memory }))
    }
}

impl Kernel for Wasmi {
    fn call(&self, name: &str, block: &mut [u64]) {
        let mut store = self.store.borrow_mut();
        let mut bytes: Vec<u8> = block.iter().flat_map(|word| word.to_le_bytes()).collect();
        // Not at 0, so that an address that forgets the block's would be noticed.
        self.memory.write(&mut *store, 4096, &bytes).expect("it fits");
        let function = self.instance.get_typed_func::<i32, ()>(&*store, name).expect("exported");
        function.call(&mut *store, 4096).expect("no trap");
        self.memory.read(&*store, 4096, &mut bytes).expect("it fits");
        for (word, bytes) in block.iter_mut().zip(bytes.as_chunks::<8>().0) {
            *word = u64::from_le_bytes(*bytes);
        }
    }
}
