/**
 * Sentences of one passage that name others which lead to it: a country's cities, a scientist's
 * element, a river's bridges. Most passages have theirs (see `flag`), and no list runs past five.
 */
import { cap, flag, list, pick, ref, shuffle } from '../text';
import type { City, Country, Person, River, SpaceObject, Work } from '../types';
import type { World } from '../world';

/** Longest list of names in one sentence. */
const MOST = 5;

/** At most `most` of the names, chosen and ordered by hash. */
export function some(key: string, names: readonly string[], most = MOST): string[] {
  return shuffle(key, names).slice(0, most);
}

/** `the painter Claude Monet and the composer Georges Bizet`: up to five of the people given. */
export function peopleList(key: string, names: readonly string[], world: World): string {
  const shown = some(`${key}:people`, names);
  const role = (name: string): string => world.person.get(name)?.role ?? '';
  const roles = new Set(shown.map(role));
  if (shown.length > 1 && roles.size === 1) return `the ${[...roles][0] ?? ''}s ${list(shown)}`;
  return list(shown.map((name) => `the ${role(name)} ${name}`));
}

/** Elements named after a person, a country or a planet, as one phrase. */
function namesakes(name: string, world: World): string | undefined {
  const elements = world.facts.elements.filter((e) => e.namedAfter === name);
  if (elements.length === 0 || !flag(`${name}:element`)) return undefined;
  return `${elements.length > 1 ? 'elements' : 'element'} ${list(elements.map((e) => e.name.toLowerCase()))}`;
}

/** The element that bears the name of `it` (`him`, `the country`, `Neptune`). */
export function elementSentence(
  name: string,
  it: string,
  its: string,
  world: World,
): string | undefined {
  const element = namesakes(name, world);
  if (element === undefined) return undefined;
  const several = element.startsWith('elements');
  return pick(`${name}:elementform`, [
    `The ${element} ${several ? 'are' : 'is'} named after ${it}.`,
    `The ${element} ${several ? 'bear' : 'bears'} ${its} name.`,
    `The name of the ${element} honours ${it}.`,
  ]);
}

/** The people of the corpus to whom a person was a mentor. */
export function pupilsSentence(p: Person, world: World): string | undefined {
  const pupils = world.facts.people.filter((x) => x.mentor === p.name).map((x) => x.name);
  if (pupils.length === 0 || !flag(`${p.name}:pupils`)) return undefined;
  const he = p.sex === 'f' ? 'she' : 'he';
  const who = peopleList(`${p.name}:pupils`, pupils, world);
  return pick(`${p.name}:pupilsform`, [
    `${cap(he)} was a mentor to ${who}.`,
    `${cap(he)} was the mentor of ${who}.`,
    `Among ${p.sex === 'f' ? 'her' : 'his'} pupils ${pupils.length > 1 ? 'were' : 'was'} ${who}.`,
  ]);
}

/** Bodies and moons that an astronomer discovered, as parts of a list. */
export function bodiesFound(p: Person, world: World): string[] {
  const found = world.facts.space.filter((s) => s.discoverer === p.name);
  const told = flag(`${p.name}:space`) || p.known === undefined;
  if (found.length === 0 || !told) return [];
  const bodies = found.filter((s) => s.of === undefined).map((s) => s.name);
  const moons = found.filter((s) => s.of !== undefined);
  const planets = [...new Set(moons.map((m) => m.of ?? ''))];
  const names = list(
    some(
      `${p.name}:moons`,
      moons.map((m) => m.name),
    ),
  );
  if (moons.length === 0) return bodies;
  return [
    ...bodies,
    planets.length === 1
      ? `${planets[0] ?? ''}'s ${moons.length > 1 ? 'moons' : 'moon'} ${names}`
      : `the moons ${names}`,
  ];
}

/** Cities of a country, without the capital, which has its own sentence. */
export function citiesSentence(c: Country, world: World): string | undefined {
  const others = world.facts.cities.filter((x) => x.country === c.name && x.name !== c.capital);
  if (others.length === 0 || !flag(`${c.name}:cities`)) return undefined;
  const names = others.map((x) => x.name);
  const towns = list(some(`${c.name}:cities`, names));
  const other = c.capital === undefined ? '' : 'other ';
  return pick(
    `${c.name}:citiesform`,
    names.length > 1
      ? [
          `Its ${other}cities include ${towns}.`,
          `${towns} are among its cities.`,
          `Among its ${other}cities are ${towns}.`,
        ]
      : [`${towns} is one of its cities.`, `One of its cities is ${towns}.`],
  );
}

/** Sights that stand in a country. */
export function landmarksSentence(c: Country, world: World): string | undefined {
  const names = world.facts.structures.filter((s) => s.country === c.name).map(ref);
  if (names.length === 0 || !flag(`${c.name}:sights`)) return undefined;
  const shown = list(some(`${c.name}:sights`, names));
  return pick(`${c.name}:sightsform`, [
    `Many travellers come to see ${shown}.`,
    `${cap(shown)} ${names.length > 1 ? 'are' : 'is'} among its best-known sights.`,
  ]);
}

/** A city's landmarks: those of the corpus and the others of its table. */
export function sightsOf(c: City, world: World): string[] {
  const own = world.facts.structures.filter((s) => s.city === c.name).map(ref);
  const told = flag(`${c.name}:structures`) ? some(`${c.name}:structures`, own, 4) : [];
  return shuffle(`${c.name}:sights`, [...c.sights, ...told]);
}

/** `the novel Dracula and the opera Tosca`, with one noun for works of the same kind. */
function worksList(works: readonly Work[]): string {
  const kinds = [...new Set(works.map((w) => w.kind))];
  return list(
    kinds.map((kind) => {
      const titles = works.filter((w) => w.kind === kind).map((w) => w.title);
      return `the ${kind}${titles.length > 1 ? 's' : ''} ${list(titles)}`;
    }),
  );
}

/** Works that are set in a city. */
export function settingSentence(c: City, world: World): string | undefined {
  const works = world.facts.works.filter((w) => w.setting === c.name);
  if (works.length === 0 || !flag(`${c.name}:setting`)) return undefined;
  const set = shuffle(`${c.name}:setting`, works).slice(0, MOST);
  return pick(`${c.name}:setform`, [
    `It is the setting of ${worksList(set)}.`,
    `${cap(worksList(set))} ${set.length > 1 ? 'are' : 'is'} set there.`,
  ]);
}

/** Works that were first performed in a city. */
export function premiereSentence(c: City, world: World): string | undefined {
  const works = world.facts.works.filter((w) => w.premiere === c.name);
  if (works.length === 0 || !flag(`${c.name}:premiere`)) return undefined;
  const first = shuffle(`${c.name}:premiere`, works).slice(0, MOST);
  const shown = worksList(first);
  const several = first.length > 1;
  const forms = [
    `${cap(shown)} had ${several ? 'their premieres' : 'its premiere'} there.`,
    `${cap(shown)} ${several ? 'were' : 'was'} first performed there.`,
    `It saw the first ${several ? 'performances' : 'performance'} of ${shown}.`,
  ];
  return pick(`${c.name}:shownform`, shown.endsWith('!') ? forms.slice(0, 2) : forms);
}

/** Works that are based on this one. */
export function adaptedSentence(w: Work, world: World): string | undefined {
  const later = world.facts.works.filter((x) => x.after === w.title);
  if (later.length === 0 || !flag(`${w.title}:adapted`)) return undefined;
  const shown = worksList(later);
  const forms = [
    `${cap(shown)} ${later.length > 1 ? 'are' : 'is'} based on it.`,
    `The ${w.kind} was later adapted as ${shown}.`,
    `Its story returns in ${shown}.`,
  ];
  return pick(`${w.title}:adaptedform`, shown.endsWith('!') ? forms.slice(0, 1) : forms);
}

/** Rivers of the corpus that end in this one. */
export function tributariesSentence(r: River, world: World): string | undefined {
  const names = world.facts.rivers.filter((x) => x.mouth === r.name).map((x) => `the ${x.name}`);
  if (names.length === 0 || !flag(`${r.name}:tributaries`)) return undefined;
  const shown = list(some(`${r.name}:tributaries`, names));
  return pick(
    `${r.name}:tributariesform`,
    names.length > 1
      ? [`Its tributaries include ${shown}.`, `${cap(shown)} are among its tributaries.`]
      : [`One of its tributaries is ${shown}.`, `${cap(shown)} is one of its tributaries.`],
  );
}

/** Moons of a planet in the corpus besides the largest one, which has its own sentence. */
export function moonsSentence(o: SpaceObject, world: World): string | undefined {
  const names = world.facts.space
    .filter((s) => s.of === o.name && s.name !== o.largest)
    .map((s) => s.name);
  if (names.length === 0 || !flag(`${o.name}:moons`)) return undefined;
  const shown = list(some(`${o.name}:moons`, names));
  return names.length > 1
    ? pick(`${o.name}:moonsform`, [
        `Other moons are ${shown}.`,
        `Its smaller moons include ${shown}.`,
      ])
    : pick(`${o.name}:moonsform`, [
        `A smaller moon is called ${shown}.`,
        `${shown} is a smaller one.`,
      ]);
}
