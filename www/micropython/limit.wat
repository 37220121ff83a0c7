;; Ends a program of the code cell that is still running after the page has terminated it.
;;
;; The page terminates its worker after five seconds, or when the reader presses Stop. WebKit keeps running it
;; while it is in a WebAssembly loop, which would occupy a core until the tab is closed. So every function and every
;; loop of MicroPython calls `log_execution`, where `wasm-opt --log-execution` puts the calls; see crates/xtask/src/python.rs.
(module
  ;; MicroPython's clock, in milliseconds since it was loaded.
  (import "env" "mp_js_ticks_ms" (func $ticks_ms (result i32)))
  ;; Reading the clock is a call into JavaScript, so it happens only now and then.
  (global $calls_left (mut i32) (i32.const 65536))
  (global $asked_at (mut i32) (i32.const 0))
  (global $spent (mut i32) (i32.const 0))

  (func $ask
    (local $passed i32)
    (local.set $passed (i32.sub (call $ticks_ms) (global.get $asked_at)))
    (global.set $asked_at (i32.add (global.get $asked_at) (local.get $passed)))
    ;; This many calls take a few milliseconds. If more, or a negative time, has passed, the clock was set or the machine slept.
    (if (i32.lt_u (local.get $passed) (i32.const 250))
      (then (global.set $spent (i32.add (global.get $spent) (local.get $passed)))))
    ;; Well after the page's own limit, whose message the reader sees.
    (if (i32.gt_s (global.get $spent) (i32.const 10000)) (then unreachable)))

  (func (export "log_execution") (param $place i32)
    (global.set $calls_left (i32.sub (global.get $calls_left) (i32.const 1)))
    (if (i32.eqz (global.get $calls_left))
      (then
        (global.set $calls_left (i32.const 65536))
        (call $ask)))))
