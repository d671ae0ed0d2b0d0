import { cap, digits, flag, join, list, pick, ref, shuffle } from '../text';
import type { City, Country, Mountain, River } from '../types';
import type { World } from '../world';
import {
  citiesSentence,
  elementSentence,
  peopleList,
  sightsOf,
  landmarksSentence,
  premiereSentence,
  settingSentence,
  tributariesSentence,
} from './mentions';

/** Sentences that a passage may have at most. */
const LONGEST = 7;

/** A passage on a city. Natives and institutions are named in most cities. */
export function cityText(c: City, world: World): string {
  const say = (slot: string, forms: string[]): string => pick(`${c.name}:${slot}`, forms);
  const country = world.countryRef(c.country);
  const capital = world.country.get(c.country)?.capital === c.name;
  const openings = capital
    ? [
        `${c.name} is the capital of ${country}.`,
        `${c.name} is a city in ${country}, of which it is the capital.`,
      ]
    : [
        `${c.name} is a city in ${country}.`,
        c.name.endsWith('City')
          ? `${c.name} lies in ${country}.`
          : `The city of ${c.name} lies in ${country}.`,
      ];
  if (c.river) openings.push(`${c.name} is a city in ${country} on the ${c.river}.`);
  const opening = say('opening', openings);
  const natives = world.facts.people.filter((p) => p.city === c.name).map((p) => p.name);
  const houses = world.facts.institutions.filter((i) => i.city === c.name).map(ref);
  const sights = sightsOf(c, world);
  const middle: (string | undefined)[] = [
    c.river && !opening.includes(` ${c.river}.`)
      ? say('river', [
          `The ${c.river} flows through the city.`,
          `It lies on the ${c.river}.`,
          `The river on which it stands is the ${c.river}.`,
        ])
      : undefined,
    say('sights', [
      `Its sights include ${list(sights)}.`,
      `Visitors come to see ${list(sights)}.`,
      `Among its landmarks ${sights.length > 1 ? 'are' : 'is'} ${list(sights)}.`,
    ]),
    c.founder && `It was founded by ${c.founder} in 1703.`,
    settingSentence(c, world),
    premiereSentence(c, world),
    natives.length > 0 && flag(`${c.name}:natives`)
      ? say('natives', [
          `${cap(peopleList(c.name, natives, world))} ${natives.length > 1 ? 'were' : 'was'} born there.`,
          `It is the birthplace of ${peopleList(c.name, natives, world)}.`,
        ])
      : undefined,
    houses.length > 0 && flag(`${c.name}:houses`)
      ? say('houses', [
          `It is home to ${list(houses.slice(0, 3))}.`,
          `${cap(list(houses.slice(0, 3)))} ${houses.length > 1 ? 'are' : 'is'} found there.`,
        ])
      : undefined,
  ];
  const told = middle.filter((s): s is string => Boolean(s));
  if (c.note && told.length < LONGEST - 1) told.push(c.note);
  const rest = shuffle(`${c.name}:order`, told);
  if (rest.length < 2) {
    rest.push(
      natives.length > 0
        ? `It is the birthplace of ${peopleList(c.name, natives, world)}.`
        : houses.length > 0
          ? `It is also home to ${list(houses)}.`
          : say('filler', [
              'It is well known to travellers.',
              'Trains link it with the other large cities of the country.',
              'Many travellers stay for several days.',
            ]),
    );
  }
  return join([opening, ...rest]);
}

/** A passage on a country. */
export function countryText(c: Country, world: World): string {
  const say = (slot: string, forms: string[]): string => pick(`${c.name}:${slot}`, forms);
  const name = cap(ref(c));
  const where = c.continent
    ? c.continent === c.name
      ? 'a country that covers a whole continent'
      : `a country in ${c.continent}`
    : 'a country on two continents';
  const opening =
    c.capital === undefined
      ? `${name} is ${where}.`
      : say('opening', [
          `${name} is ${where} with its capital at ${c.capital}.`,
          `${name} is ${where}; its capital is ${c.capital}.`,
          `${name} is ${where} whose capital is ${c.capital}.`,
        ]);
  const money = c.language
    ? say('money', [
        `The country pays in the ${c.currency}, and its official language is ${c.language}.`,
        `Its official language is ${c.language} and its currency the ${c.currency}.`,
        `Its currency is the ${c.currency}; the official language is ${c.language}.`,
      ])
    : say('currency', [
        `Its currency is the ${c.currency}.`,
        `The ${c.currency} is its currency.`,
        `The country pays in the ${c.currency}.`,
      ]);
  const peak = world.facts.mountains.find((m) => m.name === c.highest);
  const natives = world.facts.people.filter((p) => p.country === c.name).map((p) => p.name);
  const middle: (string | undefined)[] = [
    money,
    c.highest &&
      say('highest', [
        `Its highest mountain is ${peak ? ref(peak) : c.highest}.`,
        `${cap(peak ? ref(peak) : c.highest)} is its highest mountain.`,
        `No mountain in the country is higher than ${peak ? ref(peak) : c.highest}.`,
      ]),
    c.president &&
      say('president', [
        `The first president of the country was ${c.president}.`,
        `Its first president was ${c.president}.`,
        `${c.president} was its first president.`,
      ]),
  ];
  const told = middle.filter((s): s is string => Boolean(s));
  const cities = join([citiesSentence(c, world), landmarksSentence(c, world)]);
  const element = elementSentence(c.name, 'the country', "the country's", world);
  const born = peopleList(c.name, natives, world);
  const people =
    natives.length > 0 && (flag(`${c.name}:natives`) || told.length < 2)
      ? natives.length > 1
        ? `Among the people born within its present borders are ${born}.`
        : `${cap(born)} was born within its present borders.`
      : undefined;
  const more = shuffle(
    `${c.name}:more`,
    [cities, element, people].filter((s): s is string => Boolean(s)),
  );
  if (told.length + more.length < LONGEST - 1) told.push(c.fact);
  return join([opening, ...shuffle(`${c.name}:order`, told), ...more]);
}

/** A passage on a river. */
export function riverText(r: River, world: World): string {
  const say = (slot: string, forms: string[]): string => pick(`${r.name}:${slot}`, forms);
  const mouth =
    r.mouth === undefined ? undefined : r.mouth === 'New York Harbor' ? r.mouth : `the ${r.mouth}`;
  const cities = world.facts.cities.filter((c) => c.river === r.name).map((c) => c.name);
  const bridges = world.facts.structures.filter((s) => s.river === r.name).map(ref);
  const length = `${digits(r.km)} kilometres`;
  const both = mouth !== undefined && r.source !== undefined;
  const form = say('opening', both ? ['plain', 'course', 'mouth'] : ['plain']);
  const opening =
    form === 'course'
      ? `The ${r.name} is a river that rises in ${r.source} and flows into ${mouth}.`
      : form === 'mouth'
        ? `The ${r.name} is a river that flows into ${mouth}.`
        : `The ${r.name} is a river about ${length} long.`;
  const middle: (string | undefined)[] = [
    form !== 'course' && r.source
      ? say('source', [`It rises in ${r.source}.`, `Its source is in ${r.source}.`])
      : undefined,
    form === 'plain' && mouth
      ? say('mouth', [`The river flows into ${mouth}.`, `It ends its course in ${mouth}.`])
      : undefined,
    form === 'plain'
      ? undefined
      : say('length', [`Its length is about ${length}.`, `It is about ${length} long.`]),
  ];
  const rest = middle.filter((s): s is string => Boolean(s));
  const onBanks =
    cities.length > 0
      ? say('cities', [
          `${list(cities)} ${cities.length > 1 ? 'lie' : 'lies'} on its banks.`,
          `It passes through ${list(cities)}.`,
        ])
      : undefined;
  const spans = bridges.length > 0 ? `The bridges across it include ${list(bridges)}.` : undefined;
  const short = rest.length < 2;
  return join([
    opening,
    ...rest,
    tributariesSentence(r, world),
    flag(`${r.name}:cities`) || (short && spans === undefined) ? onBanks : undefined,
    flag(`${r.name}:bridges`) || short ? spans : undefined,
  ]);
}

/** A passage on a mountain. */
export function mountainText(m: Mountain, world: World): string {
  const say = (slot: string, forms: string[]): string => pick(`${m.name}:${slot}`, forms);
  const country = world.countryRef(m.country);
  const name = cap(ref(m));
  const opening = say('opening', [
    `${name} is the highest mountain in ${country}.`,
    `${name} is a mountain in ${country}.`,
    `${name} is a peak in ${country}.`,
  ]);
  const middle: (string | undefined)[] = [
    m.m
      ? say('height', [
          `It rises to ${digits(m.m)} metres above sea level.`,
          `Its summit stands at ${digits(m.m)} metres.`,
          `The mountain is ${digits(m.m)} metres high.`,
        ])
      : undefined,
    m.range
      ? say('range', [`It belongs to the ${m.range}.`, `It is part of the ${m.range}.`])
      : undefined,
    m.in && say('in', [`The mountain stands in ${m.in}.`, `It lies in ${m.in}.`]),
    m.alias && `It is also called ${m.alias}.`,
    m.volcano
      ? say('volcano', ['It is a volcano.', 'The mountain is of volcanic origin.'])
      : undefined,
  ];
  const rest = shuffle(
    `${m.name}:order`,
    middle.filter((s): s is string => Boolean(s)),
  );
  if (!opening.includes('highest')) {
    rest.push(
      say('top', [
        'No other mountain in the country is higher.',
        'Its summit is the highest point of the country.',
      ]),
    );
  }
  if (rest.length < 2) rest.push('Climbers and walkers visit it every year.');
  return join([opening, ...rest]);
}
