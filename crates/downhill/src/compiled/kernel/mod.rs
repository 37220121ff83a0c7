//! Formulas at machine speed: a formula compiled to a small WebAssembly module, for an engine that
//! the platform has.
//!
//! An interpreter decodes an instruction for every operation. A module of its own, which the engine
//! compiles to machine code, spends its time on the arithmetic alone: two points to a register, and
//! all of plain descent in one loop. The operations and their order are those of the interpreter, so
//! the bits are too.

mod arithmetic;
mod block;
mod classify;
mod derivatives;
mod elementary;
#[cfg(test)]
pub(crate) mod engine;
mod memory;
mod rates;
mod record;
mod step;
mod task;
mod walk;

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use wasm_encoder::{
    CodeSection, EntityType, ExportKind, ExportSection, FunctionSection, ImportSection, MemoryType,
    Module, TypeSection, ValType,
};

use super::program::Program;
pub use arithmetic::{Function, IMPORTED};
pub(crate) use block::{Block, End, Ending, LANES};
pub(crate) use rates::Rates;
pub(crate) use record::Piece;
pub(crate) use task::Task;
pub(crate) use walk::FARTHEST;

/// The largest number of operations for a value with its Hessian. Longer formulas are interpreted:
/// engines take long to compile them.
const MOST_OPERATIONS: usize = 2000;

/// The most kernels kept for use again.
const KEPT: usize = 16;

/// A formula's loaded module.
///
/// `block` is the memory that a call works on. An engine that shares the memory of this program
/// passes its address to the module's function; another one copies it there and back.
pub trait Kernel {
    /// Calls a function of the module by its name.
    fn call(&self, function: &str, block: &mut [u64]);
}

/// Loads a module; `None` if the engine refuses it.
///
/// It imports a memory `env.memory` and the functions of [`IMPORTED`] as `env.0`, `env.1` and so on.
pub type Loader = fn(module: &[u8]) -> Option<Rc<dyn Kernel>>;

/// A program and what the loader made of it for a task: nothing, if the engine refused its module or
/// the program is too long.
struct Offered {
    program: Program,
    task: Task,
    kernel: Option<Rc<dyn Kernel>>,
}

/// The function [`compiled`], with the loader that it takes. The code that makes modules is reached
/// through this pointer alone, so that a program that loads no kernels is linked without it.
type Compiler = (fn(&Program, Task, Loader) -> Option<Rc<dyn Kernel>>, Loader);

thread_local! {
    static COMPILER: Cell<Option<Compiler>> = const { Cell::new(None) };
    /// The latest programs, newest last.
    static LATEST: RefCell<Vec<Offered>> = const { RefCell::new(Vec::new()) };
}

/// Runs formulas on this platform's engine from now on, in this thread.
pub fn load_kernels_with(loader: Loader) {
    COMPILER.set(Some((compiled, loader)));
    LATEST.take();
}

/// A kernel that the engine has loaded.
#[derive(Clone)]
pub(crate) struct LoadedKernel(Rc<dyn Kernel>);

impl fmt::Debug for LoadedKernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LoadedKernel")
    }
}

impl LoadedKernel {
    /// A program's kernel for a task; `None` without an engine, or if the program is too long.
    pub(crate) fn of(program: &Program, task: Task) -> Option<Self> {
        let (compile, loader) = COMPILER.get()?;
        LATEST.with_borrow_mut(|latest| {
            let known = latest
                .iter()
                .position(|offered| offered.task == task && offered.program == *program);
            let offered = match known {
                Some(index) => latest.remove(index),
                None => Offered {
                    program: program.clone(),
                    task,
                    kernel: compile(program, task, loader),
                },
            };
            if latest.len() >= KEPT {
                latest.remove(0);
            }
            let kernel = offered.kernel.clone();
            latest.push(offered);
            kernel.map(Self)
        })
    }

    /// Steps all lanes of a block, `steps` times unless all descents end before.
    pub(crate) fn walk(&self, block: &mut Block, steps: usize) {
        self.0.call("walk", block.words_for(steps));
    }

    /// Tells how the descents of a block have ended.
    pub(crate) fn classify(&self, block: &mut Block) {
        self.0.call("classify", block.words_for(0));
    }

    /// A program's kernel for a task, if it is loaded already.
    pub(crate) fn known(program: &Program, task: Task) -> Option<Self> {
        LATEST.with_borrow(|latest| {
            let mut all = latest.iter();
            let offered = all.find(|one| one.task == task && one.program == *program)?;
            offered.kernel.clone().map(Self)
        })
    }

    /// Tells where the descents with some learning rates may have ended.
    pub(crate) fn sweep(&self, rates: &mut Rates) {
        self.0.call("sweep", rates.words());
    }

    /// Continues a descent up to where it may have ended.
    pub(crate) fn record(&self, piece: &mut Piece) {
        self.0.call("record", piece.words());
    }
}

/// A program's kernel for a task, loaded.
fn compiled(program: &Program, task: Task, loader: Loader) -> Option<Rc<dyn Kernel>> {
    loader(&module(program, task)?)
}

/// The module of a program for a task; `None` if it is too long.
pub(crate) fn module(program: &Program, task: Task) -> Option<Vec<u8>> {
    Some(assembled(&task.functions(program)?))
}

/// The module that exports functions of a block.
fn assembled(all: &[(&str, wasm_encoder::Function)]) -> Vec<u8> {
    const ENTRY: u32 = 2;
    let mut types = TypeSection::new();
    types.ty().function([ValType::F64], [ValType::F64]);
    types.ty().function([ValType::F64; 2], [ValType::F64]);
    types.ty().function([ValType::I32], []);
    types.ty().function([ValType::V128], [ValType::V128]);
    types.ty().function([ValType::V128], [ValType::V128; 2]);
    let mut imports = ImportSection::new();
    let memory = MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    imports.import("env", "memory", memory);
    for (index, function) in IMPORTED.iter().enumerate() {
        let ty = match function {
            Function::Unary(_) => 0,
            Function::Binary(_) => 1,
        };
        imports.import("env", DIGITS[index], EntityType::Function(ty));
    }
    let mut functions = FunctionSection::new();
    let mut exports = ExportSection::new();
    let mut code = CodeSection::new();
    for (ty, function) in (ENTRY + 1..).zip(elementary::functions()) {
        functions.function(ty);
        code.function(&function);
    }
    for (index, (name, function)) in (elementary::AFTER..).zip(all) {
        functions.function(ENTRY);
        exports.export(name, ExportKind::Func, index);
        code.function(function);
    }
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&exports).section(&code);
    module.finish()
}

/// The names of the imported functions.
const DIGITS: [&str; IMPORTED.len()] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

#[cfg(test)]
mod tests;
