/**
 * Countries of the world with the adjective of each: the closed list that any reader of English
 * brings along. Used to tell places and nationalities from other names.
 */

const COUNTRIES = `
Afghanistan:Afghan|Albania:Albanian|Algeria:Algerian|Angola:Angolan|Argentina:Argentine,Argentinian
Armenia:Armenian|Australia:Australian|Austria:Austrian|Azerbaijan:Azerbaijani|Bahrain:Bahraini
Bangladesh:Bangladeshi|Belarus:Belarusian|Belgium:Belgian|Bolivia:Bolivian|Botswana:Botswanan
Bosnia and Herzegovina:Bosnian|Brazil:Brazilian|Bulgaria:Bulgarian|Cambodia:Cambodian
Cameroon:Cameroonian|Canada:Canadian|Chad:Chadian|Chile:Chilean|China:Chinese|Colombia:Colombian
Costa Rica:Costa Rican|Croatia:Croatian|Cuba:Cuban|Cyprus:Cypriot|Czech Republic:Czech
Czechoslovakia:Czechoslovak|Denmark:Danish|Dominican Republic:Dominican|Ecuador:Ecuadorian
Egypt:Egyptian|England:English|Estonia:Estonian|Ethiopia:Ethiopian|Fiji:Fijian|Finland:Finnish
France:French|Georgia:Georgian|Germany:German|Ghana:Ghanaian|Greece:Greek|Guatemala:Guatemalan
Haiti:Haitian|Honduras:Honduran|Hungary:Hungarian|Iceland:Icelandic|India:Indian
Indonesia:Indonesian|Iran:Iranian,Persian|Iraq:Iraqi|Ireland:Irish|Israel:Israeli|Italy:Italian
Ivory Coast:Ivorian|Jamaica:Jamaican|Japan:Japanese|Jordan:Jordanian|Kazakhstan:Kazakh
Kenya:Kenyan|Kuwait:Kuwaiti|Kyrgyzstan:Kyrgyz|Laos:Laotian|Latvia:Latvian|Lebanon:Lebanese
Liberia:Liberian|Libya:Libyan|Liechtenstein:Liechtensteiner|Lithuania:Lithuanian
Luxembourg:Luxembourgish|Madagascar:Malagasy|Malaysia:Malaysian|Mali:Malian|Malta:Maltese
Mexico:Mexican|Moldova:Moldovan|Monaco:Monégasque|Mongolia:Mongolian|Montenegro:Montenegrin
Morocco:Moroccan|Mozambique:Mozambican|Myanmar:Burmese|Namibia:Namibian|Nepal:Nepalese
Netherlands:Dutch|New Zealand:New Zealand|Nicaragua:Nicaraguan|Nigeria:Nigerian
North Korea:North Korean|North Macedonia:Macedonian|Northern Ireland:Northern Irish
Norway:Norwegian|Oman:Omani|Pakistan:Pakistani|Panama:Panamanian|Paraguay:Paraguayan|Peru:Peruvian
Philippines:Filipino,Philippine|Poland:Polish|Portugal:Portuguese|Prussia:Prussian|Qatar:Qatari
Romania:Romanian|Russia:Russian|Rwanda:Rwandan|Saudi Arabia:Saudi|Scotland:Scottish
Senegal:Senegalese|Serbia:Serbian|Singapore:Singaporean|Slovakia:Slovak|Slovenia:Slovenian,Slovene
Somalia:Somali|South Africa:South African|South Korea:South Korean,Korean|Soviet Union:Soviet
Spain:Spanish|Sri Lanka:Sri Lankan|Sudan:Sudanese|Sweden:Swedish|Switzerland:Swiss|Syria:Syrian
Taiwan:Taiwanese|Tanzania:Tanzanian|Thailand:Thai|Tunisia:Tunisian|Turkey:Turkish|Uganda:Ugandan
Ukraine:Ukrainian|United Arab Emirates:Emirati|United Kingdom:British|United States:American
Great Britain:British|Britain:British|USA:American|Uruguay:Uruguayan|Uzbekistan:Uzbek
Venezuela:Venezuelan|Vietnam:Vietnamese|Wales:Welsh|Yemen:Yemeni|Zambia:Zambian|Zimbabwe:Zimbabwean
`;

const countryNames = new Set<string>();
const adjectives = new Map<string, string>();
for (const entry of COUNTRIES.trim().split(/[|\n]/)) {
  const [country = '', demonyms = ''] = entry.split(':');
  countryNames.add(country.toLowerCase());
  for (const demonym of demonyms.split(',')) adjectives.set(demonym.toLowerCase(), country);
}

export const isCountry = (lower: string): boolean => countryNames.has(lower.replace(/^the /, ''));

/** True for "French", "Swiss", …: the adjective of a country, which is also its people's name. */
export const isNationality = (lower: string): boolean => adjectives.has(lower);

const CONTINENTS = new Set(
  'africa,antarctica,asia,europe,north america,south america,oceania'.split(','),
);
export const isContinent = (lower: string): boolean => CONTINENTS.has(lower);
