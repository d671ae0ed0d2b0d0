import { ref } from './text';
import type { City, Country, Facts, Institution, Person, River, Work } from './types';

/** Look-ups over the fact tables that the sentence and question forms share. */
export interface World {
  facts: Facts;
  person: Map<string, Person>;
  work: Map<string, Work>;
  city: Map<string, City>;
  country: Map<string, Country>;
  river: Map<string, River>;
  institution: Map<string, Institution>;
  /** Works with their own passage by creator. */
  worksBy: (name: string) => Work[];
  /** Country of birth: the one in the table, else that of the city. */
  birthCountry: (person: Person) => string;
  /** A country's name as it stands in a sentence (`the Netherlands`). */
  countryRef: (name: string) => string;
  /** An institution's name as it stands in a sentence (`the Louvre`). */
  institutionRef: (name: string) => string;
}

/** Indexes the tables by name. */
export function makeWorld(facts: Facts): World {
  const byName = <T extends { name: string }>(items: T[]): Map<string, T> =>
    new Map(items.map((item) => [item.name, item]));
  const city = byName(facts.cities);
  const country = byName(facts.countries);
  const institution = byName(facts.institutions);
  return {
    facts,
    person: byName(facts.people),
    work: new Map(facts.works.map((w) => [w.title, w])),
    city,
    country,
    river: byName(facts.rivers),
    institution,
    worksBy: (name) => facts.works.filter((w) => w.by === name),
    birthCountry: (p) => p.country ?? city.get(p.city)?.country ?? '',
    countryRef: (name) => ref(country.get(name) ?? { name }),
    institutionRef: (name) => {
      const known = institution.get(name);
      return known ? ref(known) : name.startsWith('University') ? `the ${name}` : name;
    },
  };
}
