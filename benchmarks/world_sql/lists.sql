-- The lists that all stand on: headings, groups, paragraphs, foods. Invented, and the same in every world.
-- What the migrations or a command has already seeded is left as it is.

INSERT INTO suppliers_productgroup (code, name_sv, name_en, permits)
VALUES ('food', 'Livsmedel', 'Food', '{registration}') ON CONFLICT (code) DO NOTHING;

INSERT INTO market_productcategory (code, name_sv, name_en)
SELECT 'world_' || n, 'Provvaror ' || n, 'Test goods ' || n FROM generate_series(1, 8) n ON CONFLICT (code) DO NOTHING;

INSERT INTO market_vatclass (code, name_sv, name_en) VALUES ('food', 'Livsmedel', 'Food') ON CONFLICT (code) DO NOTHING;

INSERT INTO market_vatrate (vat_class_id, rate, valid_from, source, checked_on, note)
SELECT id, 0.12, '2020-01-01', 'invented for a bench', %(today)s, '' FROM market_vatclass
WHERE code = 'food' AND NOT EXISTS (SELECT FROM market_vatrate);

INSERT INTO market_lawparagraph (rule, regime, paragraph, valid_from, source, checked_on, note)
SELECT rule, regime, concat_ws(' ', '§', rule, regime), '2020-01-01', 'invented for a bench', %(today)s, ''
FROM unnest('{agreement_in_force,authority_named,product_in_lot,party_of_lot,standing,permits,cut_off,price_agreed,
              stock,ranking,ceiling_room,pack_size}'::text[]) AS rule,
     unnest('{directive,national,direct_award}'::text[]) AS regime
WHERE NOT EXISTS (SELECT FROM market_lawparagraph);

INSERT INTO market_climatefood (key, name_sv, name_en, category)
SELECT 'world_' || n, 'Provmat ' || n, 'Test food ' || n, 'world' FROM generate_series(0, 39) n ON CONFLICT (key) DO NOTHING;

INSERT INTO market_factorset (code, name, version, source, licence, boundary, valid_from, is_active)
SELECT 'WORLD', 'Invented', '1', 'invented for a bench', '–', '', '2020-01-01', true
WHERE NOT EXISTS (SELECT FROM market_factorset WHERE is_active);

INSERT INTO market_climatefactor (factor_set_id, food_id, kg_co2e_per_kg, grade, basis, note)
SELECT s.id, f.id, 0.1 + (f.id %% 40) * 0.05, 'C', 'invented', ''
FROM market_factorset s, market_climatefood f
WHERE s.is_active AND starts_with(f.key, 'world_') ON CONFLICT DO NOTHING;
