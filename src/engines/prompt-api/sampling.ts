/** How a session samples, as far as the browser lets a page say so. */
import type { SamplingLimits, SamplingMode, SessionOptions } from './language-model';

/** Ours: the modes have no numbers. A temperature belongs to the first that reaches up to it. */
const MODES: readonly (readonly [upTo: number, mode: SamplingMode])[] = [
  [0, 'most-predictable'],
  [0.5, 'predictable'],
  [1, 'balanced'],
  [1.5, 'creative'],
  [Infinity, 'most-creative'],
];

/**
 * Extensions, and pages of older browsers, choose numbers; other pages choose a mode, and browsers
 * that know no modes ignore it.
 */
export function samplingOf(
  temperature: number,
  limits: SamplingLimits | null,
): Pick<SessionOptions, 'samplingMode' | 'temperature' | 'topK'> {
  if (limits === null) {
    return { samplingMode: MODES.find(([upTo]) => temperature <= upTo)![1] };
  }
  return {
    temperature: Math.min(temperature, limits.maxTemperature),
    // The likeliest token alone: some models divide by the temperature.
    topK: temperature > 0 ? limits.defaultTopK : 1,
  };
}
