import { cityText, countryText, mountainText, riverText } from './forms/places';
import { personText } from './forms/people';
import {
  elementText,
  institutionText,
  inventionText,
  spaceText,
  structureText,
} from './forms/things';
import { workText } from './forms/works';
import type { Facts, Passage } from './types';
import { makeWorld } from './world';

/** Makes one passage an entity, sorted by title; throws if two entities share a title. */
export function buildPassages(facts: Facts): Passage[] {
  const world = makeWorld(facts);
  const texts: [string, string][] = [
    ...facts.people.map((x): [string, string] => [x.name, personText(x, world)]),
    ...facts.works.map((x): [string, string] => [x.title, workText(x, world)]),
    ...facts.cities.map((x): [string, string] => [x.name, cityText(x, world)]),
    ...facts.countries.map((x): [string, string] => [x.name, countryText(x, world)]),
    ...facts.rivers.map((x): [string, string] => [x.name, riverText(x, world)]),
    ...facts.mountains.map((x): [string, string] => [x.name, mountainText(x, world)]),
    ...facts.institutions.map((x): [string, string] => [x.name, institutionText(x, world)]),
    ...facts.structures.map((x): [string, string] => [x.name, structureText(x, world)]),
    ...facts.elements.map((x): [string, string] => [x.name, elementText(x)]),
    ...facts.space.map((x): [string, string] => [x.name, spaceText(x, world)]),
    ...facts.inventions.map((x): [string, string] => [x.name, inventionText(x)]),
  ];
  texts.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const seen = new Set<string>();
  return texts.map(([title, text], i) => {
    if (seen.has(title)) throw new Error(`two passages named ${title}`);
    seen.add(title);
    return { id: `p${String(i + 1).padStart(3, '0')}`, title, text };
  });
}
