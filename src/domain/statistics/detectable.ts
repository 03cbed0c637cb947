import { Z95 } from './wilson.ts';

/** 80 % point of the standard normal distribution. */
const Z80 = 0.8416212335729143;

/** Standard errors that a true difference must measure to be found with 80 % power at 5 %. */
export const DETECTABLE_ERRORS = Z95 + Z80;

/**
 * Smallest true difference of two accuracies on the same n items that would be found with 80 % power at 5 %, when
 * `discordance` of the items are answered differently: (1.96 + 0.8416)·√(discordance/n).
 */
export function minimumDetectableEffect(n: number, discordance = 0.2): number {
  return DETECTABLE_ERRORS * Math.sqrt(discordance / n);
}
