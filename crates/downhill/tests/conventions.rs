//! Checks what the lesson, the help of controls and `downhill rules` say about other conventions,
//! against runs computed here in those conventions.

use downhill::{
    Dataset, Descent, Loss, Model, Ravine, Rule, Schedule, Sgd, SgdConfig, StopCriteria, descend,
};

const LIMIT: StopCriteria = StopCriteria { max_iterations: 60, gradient_tol: 0.0 };
const START: [f64; 2] = [-4.0, 1.0];

const fn ground() -> Ravine {
    Ravine { kappa: 20.0, angle: 0.0 }
}

fn rule(name: &str, settings: &[(&str, f64)]) -> Rule {
    settings.iter().fold(name.parse::<Rule>().expect("a rule"), |rule, &(setting, value)| {
        rule.with(setting, value).expect("a value that is allowed")
    })
}

/// The iterates of this crate.
fn ours(rule: &Rule, alpha: f64) -> Vec<[f64; 2]> {
    descend(&ground(), rule, alpha, START, LIMIT).iterates.iter().map(|iterate| iterate.x).collect()
}

#[track_caller]
fn same(ours: &[[f64; 2]], theirs: &[[f64; 2]]) {
    assert_eq!(ours.len(), theirs.len());
    for (k, (here, there)) in ours.iter().zip(theirs).enumerate() {
        for (a, b) in here.iter().zip(there) {
            assert!((a - b).abs() < 1e-12, "k = {k}: {here:?} and {there:?}");
        }
    }
}

/// A run with a hand-written step.
fn walk(mut step: impl FnMut(usize, [f64; 2]) -> [f64; 2]) -> Vec<[f64; 2]> {
    let mut all = vec![START];
    for k in 0..LIMIT.max_iterations {
        all.push(step(k, all[k]));
    }
    all
}

/// “courses with ½ use twice our α”
#[test]
fn half_the_mean_of_squares_takes_twice_the_rate() {
    let data = Dataset::five();
    let plan = SgdConfig { batch: 0, epochs: 20, seed: 1, tol: 0.0 };
    let run = Sgd::new(&data, &Rule::GradientDescent, 0.005, [0.0], plan).run();
    let mut w = 0.0;
    for iterate in &run.trajectory.iterates {
        assert!((iterate.x[0] - w).abs() < 1e-12, "{} and {w}", iterate.x[0]);
        // The gradient of half the mean.
        let slopes: f64 = data.points().iter().map(|[x, y]| (w * x - y) * x).sum();
        w -= 0.01 * slopes / 5.0;
    }
    assert_eq!("wx".parse::<Model>().map(|model| model.parameters()), Ok(1));
}

/// “with averaging the same walk takes α/(1 − β)”
#[test]
fn an_averaged_velocity_takes_a_larger_rate() {
    let (alpha, beta) = (0.04, 0.9);
    let mut v = [0.0; 2];
    let theirs = walk(|_, at| {
        let gradient = ground().gradient(at);
        [0, 1].map(|i| {
            v[i] = beta * v[i] + (1.0 - beta) * gradient[i];
            at[i] - alpha / (1.0 - beta) * v[i]
        })
    });
    same(&ours(&rule("momentum", &[("beta", beta)]), alpha), &theirs);
}

/// “Nesterov’s iterates are the points where it looks ahead; the ball itself is at w + αβv”
#[test]
fn iterates_of_nesterov_look_ahead() {
    let (alpha, beta) = (0.04, 0.8);
    let looks = ours(&rule("nesterov", &[("beta", beta)]), alpha);
    // As in textbooks: the ball moves by the gradient at the look-ahead point.
    let mut velocity = [0.0; 2];
    let mut balls = vec![START];
    for k in 0..LIMIT.max_iterations {
        let ball = balls[k];
        let ahead = [0, 1].map(|i| ball[i] + beta * velocity[i]);
        let gradient = ground().gradient(ahead);
        velocity = [0, 1].map(|i| beta * velocity[i] - alpha * gradient[i]);
        balls.push([0, 1].map(|i| ball[i] + velocity[i]));
    }
    let ground = ground();
    let mut descent =
        Descent::new(&ground, rule("nesterov", &[("beta", beta)]), alpha, START, LIMIT);
    let mut ours = vec![START];
    let mut v = [0.0; 2];
    while descent.step().is_some() {
        // v is the rule's state; here it is recomputed from the gradients at the iterates.
        let gradient = ground.gradient(looks[ours.len() - 1]);
        v = [0, 1].map(|i| beta * v[i] + gradient[i]);
        ours.push([0, 1].map(|i| descent.current().x[i] + alpha * beta * v[i]));
    }
    same(&ours, &balls);
    // “one plain step −αg from the point before”
    for (k, look) in looks.iter().take(LIMIT.max_iterations).enumerate() {
        let gradient = ground.gradient(*look);
        for i in 0..2 {
            assert!((balls[k + 1][i] - (look[i] - alpha * gradient[i])).abs() < 1e-12);
        }
    }
}

/// “ε stands outside the root”; “inside, it acts as √ε once slopes have died down”
#[test]
fn epsilon_is_outside_the_root() {
    let (alpha, eps) = (0.3, 0.01);
    let mut s = [0.0; 2];
    let theirs = walk(|_, at| {
        let gradient = ground().gradient(at);
        [0, 1].map(|i| {
            s[i] += gradient[i] * gradient[i];
            at[i] - alpha * gradient[i] / (f64::sqrt(s[i]) + eps)
        })
    });
    same(&ours(&rule("adagrad", &[("eps", eps)]), alpha), &theirs);
    // Between no ε and √ε outside, and close to the latter where s is small.
    let inside = |s: f64| f64::sqrt(s + 1e-8);
    for s in [0.0, 1e-20, 1e-12, 1e-8, 1e-2, 1e4] {
        let root = f64::sqrt(s);
        assert!(root <= inside(s) && inside(s) <= root + 1e-4);
    }
    assert!((inside(1e-16) / (1e-8 + 1e-4) - 1.0).abs() < 1e-3);
    assert!((inside(1.0) - 1.0).abs() < 1e-8);
}

/// “weight decay takes αλw off, with the α of the schedule”; “where λ stands without α, its value is αλ”
#[test]
fn weight_decay_goes_with_the_schedule() {
    let (alpha, beta1, beta2, eps) = (0.1, 0.9, 0.999, 1e-8);
    // The paper's λ, separate from its α.
    let decay = 0.02;
    let ours_of_it = rule("adamw", &[("weight-decay", decay / alpha)]);
    let schedule = Schedule::for_steps("cosine", LIMIT.max_iterations).expect("a schedule");
    let ground = ground();
    let descent = Descent::new(&ground, &ours_of_it, alpha, START, LIMIT).with_schedule(schedule);
    let run: Vec<_> = descent.run().iterates.iter().map(|iterate| iterate.x).collect();
    let (mut m, mut v) = ([0.0; 2], [0.0; 2]);
    let (mut left1, mut left2) = (1.0, 1.0);
    let theirs = walk(|k, at| {
        let gradient = ground.gradient(at);
        // The schedule's multiplier, the paper's η.
        let eta = schedule.alpha(alpha, k) / alpha;
        left1 *= beta1;
        left2 *= beta2;
        [0, 1].map(|i| {
            m[i] = beta1 * m[i] + (1.0 - beta1) * gradient[i];
            v[i] = beta2 * v[i] + (1.0 - beta2) * gradient[i] * gradient[i];
            let adam = m[i] / (1.0 - left1) / (f64::sqrt(v[i] / (1.0 - left2)) + eps);
            at[i] - eta * (alpha * adam + decay * at[i])
        })
    });
    assert!(schedule.alpha(alpha, 30) < 0.6 * alpha);
    same(&run, &theirs);
}
