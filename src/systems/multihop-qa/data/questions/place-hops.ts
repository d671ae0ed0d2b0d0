import { ref } from '../text';
import type { World } from '../world';
import { simple, type Hop } from './hop';

/** First steps from cities, countries, rivers, mountains, institutions and buildings. */
export function placeHops(world: World): Hop[] {
  const { cities, countries, rivers, mountains, institutions, structures } = world.facts;
  return [
    ...cities.flatMap((c) => [
      ...simple(
        'city-country',
        c.name,
        c.country,
        'country',
        [
          `the country in which ${c.name} lies`,
          `the country to which ${c.name} belongs`,
          `the country where one finds ${c.name}`,
        ],
        [`${c.name} lies in a country`, `${c.name} is a city in a country`],
      ),
      ...simple(
        'city-river',
        c.name,
        c.river && world.river.has(c.river) ? c.river : undefined,
        'river',
        [`the river that flows through ${c.name}`, `the river on which ${c.name} stands`],
        [`${c.name} lies on a river`, `Through ${c.name} flows a river`],
      ),
    ]),
    ...countries.flatMap((c) => [
      ...simple(
        'country-capital',
        c.name,
        c.capital && world.city.has(c.capital) ? c.capital : undefined,
        'city',
        [`the capital of ${ref(c)}`, `the capital city of ${ref(c)}`],
        [`${ref(c)} has its capital in a city`],
      ),
      ...simple(
        'country-mountain',
        c.name,
        world.facts.mountains.find((m) => m.name === c.highest)?.name,
        'mountain',
        [
          `the highest mountain in ${ref(c)}`,
          `the highest peak of ${ref(c)}`,
          `the mountain that towers above all others in ${ref(c)}`,
        ],
        [],
      ),
    ]),
    ...rivers.flatMap((r) =>
      simple(
        'river-river',
        r.name,
        r.mouth && world.river.has(r.mouth) ? r.mouth : undefined,
        'river',
        [
          `the river that the ${r.name} joins`,
          `the river that receives the waters of the ${r.name}`,
        ],
        [
          `the ${r.name} flows into another river`,
          `The waters of the ${r.name} end in a larger river`,
        ],
      ),
    ),
    ...mountains.flatMap((m) =>
      simple(
        'mountain-country',
        m.name,
        m.country,
        'country',
        [
          `the country whose highest mountain is ${ref(m)}`,
          `the country in which ${ref(m)} rises`,
          `the country where ${ref(m)} stands`,
        ],
        [`${ref(m)} is the highest mountain of a country`, `${ref(m)} rises in a country`],
      ),
    ),
    ...institutions.flatMap((i) =>
      simple(
        `${i.type}-city`,
        i.name,
        i.city,
        'city',
        [
          `the city that is home to ${ref(i)}`,
          `the city in which ${ref(i)} is found`,
          `the home city of ${ref(i)}`,
        ],
        [`${ref(i)} is in a city`, `${ref(i)} has its home in a city`],
      ),
    ),
    ...structures.flatMap((s) => [
      ...simple(
        'structure-city',
        s.name,
        s.city && world.city.has(s.city) ? s.city : undefined,
        'city',
        [
          `the city in which ${ref(s)} stands`,
          `the city that has ${ref(s)} among its sights`,
          `the city where one can see ${ref(s)}`,
        ],
        [`${ref(s)} stands in a city`, `${ref(s)} is a landmark of a city`],
      ),
      ...simple(
        'structure-country',
        s.name,
        s.country,
        'country',
        [`the country in which ${ref(s)} stands`, `the country where one can see ${ref(s)}`],
        [`${ref(s)} stands in a country`],
      ),
      ...simple(
        'bridge-river',
        s.name,
        s.river,
        'river',
        [
          `the river that ${ref(s)} crosses`,
          `the river under ${ref(s)}`,
          `the river that is spanned by ${ref(s)}`,
        ],
        [`${ref(s)} crosses a river`, `${ref(s)} spans a river`],
      ),
      ...simple(
        'structure-architect',
        s.name,
        s.architect && world.person.has(s.architect) ? s.architect : undefined,
        'architect',
        [
          `the architect of ${ref(s)}`,
          `the architect who designed ${ref(s)}`,
          `the designer of ${ref(s)}`,
        ],
        [`${ref(s)} was designed by an architect`, `${ref(s)} is the work of an architect`],
      ),
    ]),
  ];
}
