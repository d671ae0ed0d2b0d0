import { madeVerb } from '../forms/people';
import { madeBy, makerNoun } from '../forms/works';
import { an, cap, flag, pick } from '../text';
import type { Person, Work } from '../types';
import type { World } from '../world';
import type { Hop } from './hop';
import { placeHops } from './place-hops';
import { scienceHops } from './science-hops';

const CREATIVE: Record<string, string> = {
  novelist: 'author',
  writer: 'author',
  playwright: 'author',
  poet: 'author',
  composer: 'composer',
  painter: 'painter',
  'film director': 'director',
};

/** The person's name, or a description by a work without a passage of its own. */
export function describe(p: Person, key: string): string {
  const maker = CREATIVE[p.role];
  const works = p.works ?? [];
  if (maker === undefined || works.length === 0 || flag(`${key}:named`, 0.35)) return p.name;
  return `the ${maker} of ${pick(`${key}:work`, works)}`;
}

function workHops(w: Work, world: World): Hop[] {
  const hops: Hop[] = [];
  const noun = makerNoun(w);
  const kind = w.kind === 'scientific book' ? 'book' : w.kind;
  const the = `the ${kind} ${w.title}`;
  const person = world.person.get(w.by);
  if (person) {
    const verb = madeVerb(
      w.kind === 'sculpture' ? 'sculptor' : noun === 'director' ? 'film director' : noun,
    );
    hops.push({
      relation: 'work-creator',
      from: w.title,
      to: w.by,
      noun,
      phrases: [
        `the ${noun} of ${w.title}`,
        `the ${noun} who ${verb} ${w.title}`,
        `the person who ${verb} ${the}`,
      ],
      leads: [
        `${w.title} was ${madeBy(w.kind)} by ${an(noun)}`,
        `${cap(the)} is the work of ${an(noun)}`,
      ],
    });
  }
  if (w.held)
    hops.push({
      relation: 'work-museum',
      from: w.title,
      to: w.held,
      noun: 'museum',
      phrases: [
        `the museum that holds ${the}`,
        `the museum where ${the} is on show`,
        `the museum whose collection includes ${w.title}`,
      ],
      leads: [
        `${cap(the)} is held by a museum`,
        `${w.title} belongs to the collection of a museum`,
      ],
    });
  if (w.setting && world.city.has(w.setting))
    hops.push({
      relation: 'work-setting',
      from: w.title,
      to: w.setting,
      noun: 'city',
      phrases: [
        `the city in which ${the} is set`,
        `the city where the story of ${w.title} takes place`,
        `the setting of ${the}`,
      ],
      leads: [`${cap(the)} is set in a city`, `The story of ${w.title} takes place in a city`],
    });
  if (w.premiere && world.city.has(w.premiere))
    hops.push({
      relation: 'work-premiere',
      from: w.title,
      to: w.premiere,
      noun: 'city',
      phrases: [
        `the city where ${the} had its premiere`,
        `the city that saw the first performance of ${w.title}`,
        `the city in which ${w.title} was first performed`,
      ],
      leads: [`${cap(the)} was first performed in a city`, `${w.title} had its premiere in a city`],
    });
  const source = w.after === undefined ? undefined : world.work.get(w.after);
  if (source)
    hops.push({
      relation: 'work-source',
      from: w.title,
      to: source.title,
      noun: source.kind,
      phrases: [
        `the ${source.kind} on which ${the} is based`,
        `the ${source.kind} from which ${the} was adapted`,
        `the ${source.kind} behind the story of ${w.title}`,
      ],
      leads: [
        `${cap(the)} is based on ${an(source.kind)}`,
        `${w.title} takes its plot from ${an(source.kind)}`,
      ],
    });
  return hops;
}

function personHops(p: Person, world: World): Hop[] {
  const hops: Hop[] = [];
  const who = (relation: string): string => describe(p, `${p.name}:${relation}`);
  if (world.city.has(p.city)) {
    const x = who('city');
    hops.push({
      relation: 'person-city',
      from: p.name,
      to: p.city,
      noun: 'city',
      phrases: [
        `the city where ${x} was born`,
        `the birthplace of ${x}`,
        `the native city of ${x}`,
      ],
      leads: [`${cap(x)} was born in a city`, `${cap(x)} came from a city`],
    });
  } else {
    const x = who('country');
    hops.push({
      relation: 'person-country',
      from: p.name,
      to: world.birthCountry(p),
      noun: 'country',
      phrases: p.now
        ? [
            `the country where the birthplace of ${x} now lies`,
            `the country that today includes the birthplace of ${x}`,
          ]
        : [
            `the country where ${x} was born`,
            `the native country of ${x}`,
            `the country of birth of ${x}`,
          ],
      leads: p.now
        ? [
            `The birthplace of ${x} lies today in a country`,
            `${cap(x)} was born in what is now a country`,
          ].slice(0, 1)
        : [`${cap(x)} was born in a country`, `The birthplace of ${x} is in a country`],
    });
  }
  if (p.study && world.institution.has(p.study)) {
    const x = who('study');
    hops.push({
      relation: 'person-university',
      from: p.name,
      to: p.study,
      noun: 'university',
      phrases: [
        `the university where ${x} studied`,
        `the university that educated ${x}`,
        `the alma mater of ${x}`,
      ],
      leads: [`${cap(x)} studied at a university`, `${cap(x)} was educated at a university`],
    });
  }
  if (p.mentor && world.person.has(p.mentor)) {
    const x = who('mentor');
    hops.push({
      relation: 'person-mentor',
      from: p.name,
      to: p.mentor,
      noun: 'mentor',
      phrases: [`the mentor of ${x}`, `the person who was the mentor of ${x}`],
      leads: [`${cap(x)} had a mentor`],
    });
  }
  const element = world.facts.elements.find((e) => e.discoverer === p.name && e.only === true);
  if (element)
    hops.push({
      relation: 'person-element',
      from: p.name,
      to: element.name,
      noun: 'element',
      phrases: [
        `the chemical element that ${p.name} discovered`,
        `the element discovered by ${p.name}`,
      ],
      leads: [
        `${p.name} discovered a chemical element`,
        `${p.name} was the discoverer of an element`,
      ],
    });
  return hops;
}

/** All first steps that the tables allow. */
export function allHops(world: World): Hop[] {
  return [
    ...world.facts.works.flatMap((w) => workHops(w, world)),
    ...world.facts.people.flatMap((p) => personHops(p, world)),
    ...placeHops(world),
    ...scienceHops(world),
  ];
}
