import { cap, flag, list, pick, shuffle, an, join } from '../text';
import type { Person } from '../types';
import type { World } from '../world';
import { bodiesFound, elementSentence, pupilsSentence } from './mentions';

/** What a person of a given calling does to a work: `wrote`, `composed`, ... */
export function madeVerb(role: string): string {
  const verbs: Record<string, string> = {
    composer: 'composed',
    painter: 'painted',
    sculptor: 'created',
    'film director': 'directed',
    architect: 'designed',
  };
  return verbs[role] ?? 'wrote';
}

/** Where the person was born; the country stands here only if the city has no passage. */
function birthplace(p: Person, world: World): string {
  if (p.country === undefined) return p.city;
  const country = world.countryRef(p.country);
  if (p.now === true) return `${p.city}, in what is now ${country}`;
  return country.startsWith('the ') ? `${p.city} in ${country}` : `${p.city}, ${country}`;
}

/** Discoveries and inventions that have passages of their own. */
function findings(p: Person, world: World): string | undefined {
  const { elements, inventions } = world.facts;
  const found = elements.filter((e) => e.discoverer === p.name).map((e) => e.name.toLowerCase());
  found.push(...bodiesFound(p, world));
  const made = inventions.filter((i) => i.inventor === p.name && flag(`${p.name}:invention`));
  found.push(...made.filter((i) => i.verb !== undefined).map((i) => i.name.toLowerCase()));
  const built = made.filter((i) => i.verb === undefined);
  const subject = p.sex === 'f' ? 'She' : 'He';
  const parts: string[] = [];
  if (found.length > 0) {
    const things = list(found);
    parts.push(
      p.known === undefined
        ? pick(`${p.name}:found`, [
            `${subject} discovered ${things}.`,
            `${subject} is remembered as the discoverer of ${things}.`,
          ])
        : `${subject} discovered ${things}.`,
    );
  }
  if (built.length > 0) {
    const things = list(built.map((i) => `${i.the ? 'the ' : ''}${i.name.toLowerCase()}`));
    parts.push(`${subject} invented ${things}.`);
  }
  return parts.length > 0 ? parts.join(' ') : undefined;
}

/** The spacecraft that carried a cosmonaut. */
function flight(p: Person, world: World): string | undefined {
  const craft = world.facts.space.find((s) => s.first === p.name);
  if (craft === undefined || !flag(`${p.name}:flight`)) return undefined;
  return pick(`${p.name}:flightform`, [
    `${p.sex === 'f' ? 'Her' : 'His'} spacecraft was ${craft.name}.`,
    `${p.sex === 'f' ? 'She' : 'He'} flew in the spacecraft ${craft.name}.`,
  ]);
}

/** The sentence on the works, with those of the corpus in most passages. */
function worksSentence(p: Person, world: World): string | undefined {
  const own = world.worksBy(p.name).map((w) => w.title);
  const buildings = world.facts.structures
    .filter((s) => s.architect === p.name)
    .map((s) => `${s.the ? 'the ' : ''}${s.name}`);
  const known = [...own, ...buildings];
  const minor = p.works ?? [];
  const told =
    flag(`${p.name}:own`) || minor.length === 0
      ? shuffle(`${p.name}:known`, known).slice(0, 4)
      : [];
  const works = shuffle(`${p.name}:works`, [...minor, ...told]);
  if (works.length === 0) return undefined;
  const his = p.sex === 'f' ? 'her' : 'his';
  const he = p.sex === 'f' ? 'She' : 'He';
  const verb = madeVerb(p.role);
  if (works.length === 1) return `${he} ${verb} ${works[0] ?? ''}.`;
  return pick(`${p.name}:worksform`, [
    `${cap(his)} works include ${list(works)}.`,
    `${he} ${verb} ${list(works)}, among other works.`,
    `Among ${his} best-known works are ${list(works)}.`,
    `${he} ${verb} many works, including ${list(works)}.`,
  ]);
}

/** A passage on a person. */
export function personText(p: Person, world: World): string {
  const He = p.sex === 'f' ? 'She' : 'He';
  const he = He.toLowerCase();
  const his = p.sex === 'f' ? 'her' : 'his';
  const partner = p.sex === 'f' ? 'husband' : 'wife';
  const place = birthplace(p, world);
  const what = an(`${p.nat} ${p.role}`);
  const say = (slot: string, forms: string[]): string => pick(`${p.name}:${slot}`, forms);

  const middle: (string | undefined)[] = [
    worksSentence(p, world),
    findings(p, world),
    elementSentence(p.name, p.sex === 'f' ? 'her' : 'him', his, world),
    pupilsSentence(p, world),
    flight(p, world),
    p.study &&
      say('study', [
        `${He} studied at ${world.institutionRef(p.study)}.`,
        `${He} was educated at ${world.institutionRef(p.study)}.`,
        `${cap(his)} studies took ${p.sex === 'f' ? 'her' : 'him'} to ${world.institutionRef(p.study)}.`,
      ]),
    p.mentor &&
      say('mentor', [
        `${cap(his)} mentor was ${p.mentor}.`,
        `${p.mentor} was ${his} mentor.`,
        `As a young ${p.sex === 'f' ? 'woman' : 'man'}, ${he} had ${p.mentor} as a mentor.`,
      ]),
    p.spouse &&
      say('spouse', [
        `${He} was married to ${p.spouse}.`,
        `${He} married ${p.spouse}.`,
        `${cap(his)} ${partner} was ${p.spouse}.`,
      ]),
    p.known &&
      say('known', [
        `${He} is best known for ${p.known}.`,
        `${He} is remembered above all for ${p.known}.`,
      ]),
  ];
  const told = middle.filter((s): s is string => s !== undefined && s !== '');
  if (p.note && told.length < 5) told.push(p.note);
  const body = shuffle(`${p.name}:order`, told);

  const born = p.born;
  const forms = born === undefined || body.length > 3 ? 2 : 4;
  const form = say('opening', ['two', 'three', 'dates', 'plain'].slice(0, forms));
  const year = born === undefined ? '' : ` in ${born}`;
  let opening: string[];
  if (form === 'dates' && p.died !== undefined) {
    opening = [
      `${p.name} (${born}–${p.died}) was ${what}.`,
      say('birth', [`${He} was born in ${place}.`, `${cap(his)} birthplace was ${place}.`]),
    ];
  } else if (form === 'plain') {
    opening = [
      `${p.name} was ${what}.`,
      say('birth', [
        `${He} was born in ${place}${p.country !== undefined && year ? ',' : ''}${year}.`,
        `Born${year}, ${he} came from ${place}.`,
        `${He} was born${year} in ${place}.`,
      ]),
    ];
  } else if (form === 'two') {
    opening = [`${p.name} was ${what} who was born${year} in ${place}.`];
  } else {
    opening = [`Born${year} in ${place}, ${p.name} was ${what}.`];
  }

  const dated = form === 'dates';
  const death =
    p.diedIn !== undefined && p.died !== undefined
      ? dated
        ? say('death', [`${He} died in ${p.diedIn}.`, `${cap(his)} life ended in ${p.diedIn}.`])
        : say('death', [
            `${He} died in ${p.diedIn} in ${p.died}.`,
            `In ${p.died} ${he} died in ${p.diedIn}.`,
            `${He} died in ${p.died} in ${p.diedIn}.`,
          ])
      : p.died !== undefined && !dated
        ? say('death', [`${He} died in ${p.died}.`, `${cap(his)} death came in ${p.died}.`])
        : undefined;
  const works = worksSentence(p, world);
  if (works !== undefined && flag(`${p.name}:workslast`, 0.35)) {
    return join([...opening, ...body.filter((s) => s !== works), death, works]);
  }
  return join([...opening, ...body, death]);
}
