import { an, cap, flag, join, list, pick, ref, shuffle } from '../text';
import type { Element, Institution, Invention, SpaceObject, Structure } from '../types';
import type { World } from '../world';
import { elementSentence, moonsSentence } from './mentions';

const present = (s: string | undefined): s is string => Boolean(s);

/** A passage on a museum or a university; works and students are named in most. */
export function institutionText(i: Institution, world: World): string {
  const say = (slot: string, forms: string[]): string => pick(`${i.name}:${slot}`, forms);
  const where = i.city ?? i.place ?? '';
  const museum = i.type === 'museum';
  const name = cap(ref(i));
  const verb = i.opened ? 'opened' : 'founded';
  const openings = [`${name} is ${museum ? 'an art museum' : 'a university'} in ${where}.`];
  if (i.year !== undefined) {
    openings.push(
      `${name} is ${museum ? 'an art museum' : 'a university'} in ${where} that was ${verb} in ${i.year}.`,
      `${cap(verb)} in ${i.year}, ${ref(i)} is ${museum ? 'a museum' : 'a university'} in ${where}.`,
    );
  }
  const opening = say('opening', openings);
  const works = world.facts.works.filter((w) => w.held === i.name).map((w) => w.title);
  const students = world.facts.people.filter((p) => p.study === i.name).map((p) => p.name);
  const shown = list(shuffle(`${i.name}:shown`, museum ? works : students).slice(0, 5));
  const several = (museum ? works : students).length > 1;
  const holdings = museum
    ? say('works', [
        `Its collection includes ${shown}.`,
        `Among the works on show ${several ? 'are' : 'is'} ${shown}.`,
        `Visitors can see ${shown} there.`,
      ])
    : several
      ? say('students', [
          `Its former students include ${shown}.`,
          `${shown} studied there.`,
          `It was attended by ${shown}.`,
        ])
      : say('student', [`${shown} studied there.`, `It was attended by ${shown}.`]);
  const middle = [
    i.year !== undefined && !opening.includes(` ${i.year}`)
      ? say('year', [`It was ${verb} in ${i.year}.`, `The ${i.type} was ${verb} in ${i.year}.`])
      : undefined,
    i.architect &&
      say('architect', [
        `Its building was designed by ${i.architect}.`,
        `The architect of its building was ${i.architect}.`,
      ]),
    i.founder &&
      say('founder', [`Its founder was ${i.founder}.`, `It owes its foundation to ${i.founder}.`]),
    i.note,
  ].filter(present);
  const rest = shuffle(`${i.name}:order`, middle);
  if (shown !== '' && (rest.length < 2 || flag(`${i.name}:holdings`))) rest.push(holdings);
  if (rest.length < 2)
    rest.push(
      museum ? 'It also puts on temporary exhibitions.' : 'It draws students from many countries.',
    );
  return join([opening, ...rest]);
}

/** A passage on a building or a bridge. */
export function structureText(s: Structure, world: World): string {
  const say = (slot: string, forms: string[]): string => pick(`${s.name}:${slot}`, forms);
  const where = s.river
    ? ` over the ${s.river}`
    : s.city
      ? ` in ${s.city}`
      : s.country
        ? ` in ${world.countryRef(s.country)}`
        : '';
  const name = cap(ref(s));
  const openings = [`${name} is ${an(s.type)}${where}.`];
  if (s.opened !== undefined)
    openings.push(`${name} is ${an(s.type)}${where} that was opened in ${s.opened}.`);
  if (s.begun !== undefined)
    openings.push(`${name} is ${an(s.type)}${where} that was begun in ${s.begun}.`);
  const opening = say('opening', openings);
  const noun = s.type === 'bridge' ? 'bridge' : 'building';
  const middle = [
    s.architect &&
      say('architect', [
        `It was designed by ${s.architect}.`,
        `Its ${s.type === 'bridge' ? 'designer' : 'architect'} was ${s.architect}.`,
        `The design is the work of ${s.architect}.`,
      ]),
    s.opened !== undefined && !opening.includes(` ${s.opened}`)
      ? say('opened', [`It was opened in ${s.opened}.`, `Its opening took place in ${s.opened}.`])
      : undefined,
    s.begun !== undefined && !opening.includes(` ${s.begun}`)
      ? say('begun', [
          `Work on the ${noun} began in ${s.begun}.`,
          `Its construction began in ${s.begun}.`,
        ])
      : undefined,
    ...s.notes,
  ].filter(present);
  const rest = shuffle(`${s.name}:order`, middle);
  if (rest.length < 2)
    rest.push(
      say('filler', [
        `The ${noun} appears on many postcards.`,
        `Many visitors come to photograph it.`,
      ]),
    );
  return join([opening, ...rest]);
}

/** A passage on a chemical element. */
export function elementText(e: Element): string {
  const say = (slot: string, forms: string[]): string => pick(`${e.name}:${slot}`, forms);
  const after = e.namedAfter === 'Pluto' ? 'Pluto, then counted among the planets' : e.namedAfter;
  const number = say('number', [
    `Its atomic number is ${e.number}.`,
    `It has the atomic number ${e.number}.`,
    `In the periodic table it stands at number ${e.number}.`,
  ]);
  const found = e.discoverer
    ? say('found', [
        `It was discovered in ${e.year} by ${e.discoverer}${e.with ? ` and ${e.with}` : ''}.`,
        `${e.discoverer}${e.with ? ` and ${e.with}` : ''} discovered it in ${e.year}.`,
      ])
    : e.year
      ? say('year', [`It was discovered in ${e.year}.`, `Its discovery dates from ${e.year}.`])
      : undefined;
  const named = after
    ? say('named', [`It is named after ${after}.`, `Its name comes from ${after}.`])
    : undefined;
  const symbol = say('symbol', [
    `${e.name} is a chemical element with the symbol ${e.symbol}.`,
    `${e.name} is the chemical element whose symbol is ${e.symbol}.`,
  ]);
  return join([symbol, ...shuffle(`${e.name}:order`, [number, found, named].filter(present))]);
}

/** A passage on a moon, a planet or a spacecraft. */
export function spaceText(o: SpaceObject, world: World): string {
  const say = (slot: string, forms: string[]): string => pick(`${o.name}:${slot}`, forms);
  const others = world.facts.space;
  if (o.type === 'moon') {
    const siblings = others.filter((s) => s.of === o.of && s.name !== o.name).map((s) => s.name);
    return join([
      say('opening', [
        `${o.name} is a moon of ${o.of}.`,
        `${o.name} is one of the moons of ${o.of}.`,
      ]),
      say('found', [
        `It was discovered by ${o.discoverer} in ${o.year}.`,
        `${o.discoverer} discovered it in ${o.year}.`,
        `Its discoverer, in ${o.year}, was ${o.discoverer}.`,
      ]),
      siblings.length > 0
        ? `${list(siblings.slice(0, 2))} ${siblings.length > 1 ? 'belong' : 'belongs'} to the same family of moons.`
        : say('filler', ['It always turns the same face towards the body that it circles.']),
    ]);
  }
  if (o.god !== undefined) {
    const probes = others.filter((s) => s.to === o.name).map((s) => s.name);
    const rest = [
      say('god', [`It bears the name of ${o.god}.`, `It is named after ${o.god}.`]),
      o.discoverer
        ? say('found', [
            `It was discovered in ${o.year} by ${o.discoverer}.`,
            `${o.discoverer} discovered it in ${o.year}.`,
          ])
        : o.year
          ? `It was discovered in ${o.year}.`
          : undefined,
      probes.length > 0 && flag(`${o.name}:probes`)
        ? `It has been explored by ${list(probes)}.`
        : undefined,
    ].filter(present);
    const opening = o.position
      ? `${o.name} is the ${o.position} planet from the Sun.`
      : `${o.name} is a dwarf planet in the outer solar system.`;
    const largest = say('largest', [
      `Its largest moon is ${o.largest}.`,
      `${o.largest} is the largest of its moons.`,
    ]);
    const told = shuffle(`${o.name}:order`, rest);
    const element = elementSentence(o.name, o.name, `${o.name}'s`, world);
    return join([opening, ...told, largest, moonsSentence(o, world), element]);
  }
  if (o.first !== undefined) {
    return join([
      `${o.name} was the first ${o.type}.`,
      `It carried ${o.first} into space in ${o.year}.`,
      o.note,
    ]);
  }
  return join([
    say('opening', [
      `${o.name} is ${an(o.type)} launched by ${o.agency} in ${o.year}.`,
      `Launched by ${o.agency} in ${o.year}, ${o.name} is ${an(o.type)}.`,
    ]),
    say('to', [`It was sent to explore ${o.to}.`, `Its destination was ${o.to}.`]),
    o.note,
  ]);
}

/** A passage on an invention. */
export function inventionText(v: Invention): string {
  const made = v.verb ?? 'invented';
  return join([
    `${v.the ? 'The ' : ''}${v.the ? v.name.toLowerCase() : v.name} is ${v.what}.`,
    pick(`${v.name}:made`, [
      `It was ${made} by ${v.inventor} in ${v.year}.`,
      `${v.inventor} ${made} it in ${v.year}.`,
    ]),
    v.note,
  ]);
}
