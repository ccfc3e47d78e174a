import { element, prop } from '../../model/index.js';

/** Waits a fixed time plus a Poisson-distributed number of milliseconds, whose mean is the range. */
export const poissonRandomTimer = element({
  tag: 'PoissonRandomTimer',
  gui: 'PoissonRandomTimerGui',
  call: 'pause.poisson',
  props: {
    /** Milliseconds. */
    atLeast: prop.long('ConstantTimer.delay'),
    /** Milliseconds. */
    meanOfRest: prop.number('RandomTimer.range'),
  },
  factored: true,
  delay: ({ atLeast, meanOfRest }, user) => Math.abs(poisson(Math.round(meanOfRest), () => user.random()) + atLeast),
});

/** A Poisson number of mean `lambda`, from even numbers in [0, 1): Knuth's product up to 30, Atkinson's rejection above. */
export function poisson(lambda: number, random: () => number): number {
  return lambda <= 30 ? byProduct(lambda, random) : byRejection(lambda, random);
}

function byProduct(lambda: number, random: () => number): number {
  const limit = Math.exp(-lambda);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

function byRejection(lambda: number, random: () => number): number {
  const beta = Math.PI / Math.sqrt(3 * lambda);
  const alpha = beta * lambda;
  const k = Math.log(0.767 - 3.36 / lambda) - lambda - Math.log(beta);
  for (;;) {
    const u = random();
    const x = (alpha - Math.log((1 - u) / u)) / beta;
    const n = Math.floor(x + 0.5);
    if (!(n >= 0) || n > 0x7fffffff) continue;
    const y = alpha - beta * x;
    const left = y + Math.log(random() / (1 + Math.exp(y)) ** 2);
    if (left <= k + n * Math.log(lambda) - logFactorial(n)) return n;
  }
}

/** ln n!, by Stirling's series where a product would be long; its error is below 1e-10 there. */
function logFactorial(n: number): number {
  if (n < 20) {
    let product = 1;
    for (let i = 2; i <= n; i++) product *= i;
    return Math.log(product);
  }
  const x = n + 1;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3);
}
