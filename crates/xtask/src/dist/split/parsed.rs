//! A module whose functions can be found by their indices, which are the same each time it is read.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use anyhow::Result;
use walrus::{FunctionId, Module, ModuleConfig};

/// A module as read.
pub(super) struct Parsed {
    pub(super) module: Module,
    ids: Vec<FunctionId>,
    indices: HashMap<FunctionId, usize>,
}

impl Parsed {
    pub(super) fn read(bytes: &[u8]) -> Result<Self> {
        let found = Arc::new(Mutex::new(Vec::new()));
        let ids = Arc::clone(&found);
        let mut config = ModuleConfig::new();
        config.on_parse(move |_, read| {
            let mut ids = ids.lock().expect("nobody panics while finding ids");
            ids.extend((0..).map_while(|index| read.get_func(index).ok()));
            Ok(())
        });
        let module = Module::from_buffer_with_config(bytes, &config)?;
        let ids = std::mem::take(&mut *found.lock().expect("nobody panics while finding ids"));
        let indices = ids.iter().enumerate().map(|(index, id)| (*id, index)).collect();
        Ok(Self { module, ids, indices })
    }

    pub(super) fn index(&self, function: FunctionId) -> usize {
        self.indices[&function]
    }

    pub(super) fn id(&self, index: usize) -> FunctionId {
        self.ids[index]
    }
}
