import { digits } from '../text';
import type { AnswerKind } from '../types';
import type { World } from '../world';
import { FORMS } from './ask-forms';

/** A question about the second entity; `{y}` stands for a phrase that speaks of it. */
export interface Ask {
  relation: string;
  of: string;
  answer: string;
  kind: AnswerKind;
  direct: string[];
  /** Relative clauses that end a sentence begun with an indefinite phrase. */
  tails: string[];
}

/** All second steps that the tables allow. */
export function allAsks(world: World): Ask[] {
  const asks: Ask[] = [];
  const add = (of: string, relation: string, answer: string | number | undefined): void => {
    const form = FORMS[relation];
    if (answer === undefined || form === undefined) return;
    asks.push({ relation, of, answer: String(answer).replace(/^the /, ''), ...form });
  };
  for (const p of world.facts.people) {
    add(p.name, 'born', p.born);
    add(p.name, 'died', p.died);
    add(p.name, 'birthplace', p.city);
    add(p.name, 'deathplace', p.diedIn);
    add(p.name, 'study', p.study);
    add(p.name, 'mentor', p.mentor);
    add(p.name, 'spouse', p.spouse);
  }
  for (const i of world.facts.institutions) {
    add(i.name, 'place', i.city);
    add(i.name, i.opened ? 'opened' : 'founded', i.year);
    add(i.name, 'architect', i.architect);
    add(i.name, 'founder', i.founder);
  }
  for (const c of world.facts.cities) {
    add(c.name, 'country', c.country);
    add(c.name, 'river', c.river);
    add(c.name, 'founder', c.founder);
  }
  for (const c of world.facts.countries) {
    add(c.name, 'capital', c.capital);
    add(c.name, 'currency', c.currency);
    add(c.name, 'language', c.language);
    add(c.name, 'president', c.president);
    add(c.name, 'highest', c.highest);
  }
  for (const r of world.facts.rivers) {
    add(r.name, 'mouth', r.mouth);
    add(r.name, 'source', r.source);
  }
  for (const w of world.facts.works) {
    if (!['novel', 'novella', 'play'].includes(w.kind)) continue;
    add(w.title, 'author', w.by);
    if (w.kind !== 'play') add(w.title, 'published', w.year);
  }
  for (const s of world.facts.space) {
    if (s.god === undefined) continue;
    add(s.name, 'discoverer', s.discoverer);
    add(s.name, 'largest', s.largest);
    add(s.name, 'position', s.position);
  }
  for (const e of world.facts.elements) {
    add(e.name, 'symbol', e.symbol);
    add(e.name, 'number', e.number);
  }
  for (const m of world.facts.mountains) {
    add(m.name, 'height', m.m === undefined ? undefined : digits(m.m));
    add(m.name, 'range', m.range);
  }
  return asks;
}
