/**
 * The untrained score beside every head, whatever features it reads: the share of the output's
 * words that the input has, weighted by their inverse document frequency. 0.81 of held-out pairs on
 * 99 HotpotQA questions, so a head has to earn its place.
 */
import type { FeatureItem } from './feature-map';
import {
  InverseDocumentFrequency,
  ProfileCache,
  type TextProfile,
  type WordFrequencies,
} from './text-profile';

export type Words = Pick<TextProfile, 'wordSet'>;

export class OverlapReference {
  readonly profiles = new ProfileCache();
  readonly idf = new InverseDocumentFrequency();
  #frozen = false;

  /** @throws Error once frozen: the meaning of a feature must not change under a trained head */
  learnFrequencies(texts: Iterable<string>): void {
    if (this.#frozen) throw new Error('word frequencies are frozen once features were computed');
    for (const text of texts) this.idf.add(this.profiles.get(text));
  }

  /** @throws Error once frozen */
  takeFrequencies(words: WordFrequencies): void {
    this.learnFrequencies([]);
    this.idf.take(words);
  }

  /** Called with the first feature that is computed. */
  freeze(): void {
    this.#frozen = true;
  }

  /** In [0, 1]. */
  score({ inputs, order, output }: FeatureItem): number {
    const x = this.profiles.get(order.map((name) => inputs[name] ?? '').join('\n'));
    return this.weightedShare(this.profiles.get(output), x);
  }

  /** Idf-weighted share of the distinct words of `part` that `whole` has; 0 of no words. */
  weightedShare(part: Words, whole: Words): number {
    let found = 0;
    let total = 0;
    for (const word of part.wordSet) {
      const weight = this.idf.weight(word);
      total += weight;
      if (whole.wordSet.has(word)) found += weight;
    }
    return total === 0 ? 0 : found / total;
  }
}
