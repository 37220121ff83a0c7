;; Ends a program of the code cell that runs on after the page has given it up.
;;
;; The page ends its worker after five seconds, or when the reader presses Stop. WebKit lets such a worker run on
;; while it is in a WebAssembly loop, which would cost a core until the tab is closed. So every function and every
;; loop of MicroPython calls `log_execution`, where `wasm-opt --log-execution` puts the calls; see crates/xtask/src/python.rs.
(module
  ;; MicroPython's clock, in milliseconds since it was loaded.
  (import "env" "mp_js_ticks_ms" (func $ticks_ms (result i32)))
  ;; The clock is a call into JavaScript: it is asked now and then.
  (global $calls_left (mut i32) (i32.const 65536))
  (global $asked_at (mut i32) (i32.const 0))
  (global $spent (mut i32) (i32.const 0))

  (func $ask
    (local $passed i32)
    (local.set $passed (i32.sub (call $ticks_ms) (global.get $asked_at)))
    (global.set $asked_at (i32.add (global.get $asked_at) (local.get $passed)))
    ;; So many calls take a few milliseconds. In more, or in less than none, the clock was set or the machine slept.
    (if (i32.lt_u (local.get $passed) (i32.const 250))
      (then (global.set $spent (i32.add (global.get $spent) (local.get $passed)))))
    ;; Well after the page's own limit, which has the word that the reader sees.
    (if (i32.gt_s (global.get $spent) (i32.const 10000)) (then unreachable)))

  (func (export "log_execution") (param $place i32)
    (global.set $calls_left (i32.sub (global.get $calls_left) (i32.const 1)))
    (if (i32.eqz (global.get $calls_left))
      (then
        (global.set $calls_left (i32.const 65536))
        (call $ask)))))
