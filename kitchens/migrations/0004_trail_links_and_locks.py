"""The trail of recipes, menus and counts; links that can't contradict each other; what is locked stays locked."""

from django.db import migrations

from config.ground.trail import trailed

LINKS = [
    ("recipeversion", "version_of_its_authoritys_recipe", "recipe_id, authority_id", "kitchens_recipe (id, authority_id)"),
    ("recipeline", "line_of_its_authoritys_version", "version_id, authority_id", "kitchens_recipeversion (id, authority_id)"),
    ("recipeline", "part_of_the_same_authority", "part_id, authority_id", "kitchens_recipeversion (id, authority_id)"),
    ("menuday", "menu_day_of_its_authoritys_kitchen", "kitchen_id, authority_id", "kitchens_kitchen (id, authority_id)"),
    ("menudish", "dish_of_its_authoritys_menu_day", "menu_day_id, authority_id", "kitchens_menuday (id, authority_id)"),
    ("menudish", "dish_by_its_authoritys_recipe", "recipe_version_id, authority_id", "kitchens_recipeversion (id, authority_id)"),
    ("dishcount", "count_of_a_dish_of_the_day", "menu_day_id, role", "kitchens_menudish (menu_day_id, role)"),
    ("tap", "tap_of_a_dish_of_the_day", "menu_day_id, role", "kitchens_menudish (menu_day_id, role)"),
]

LOCKS = """
CREATE FUNCTION kitchens_locked_menu_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.locked_at IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' OR (NEW.kitchen_id, NEW.day, NEW.service_at, NEW.locked_at, NEW.locked_by_id)
     IS DISTINCT FROM (OLD.kitchen_id, OLD.day, OLD.service_at, OLD.locked_at, OLD.locked_by_id) THEN
    RAISE EXCEPTION 'menu day % is locked', OLD.id USING ERRCODE = 'restrict_violation', CONSTRAINT = 'menu_day_locked';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER menu_day_locked BEFORE UPDATE OR DELETE ON kitchens_menuday
  FOR EACH ROW EXECUTE FUNCTION kitchens_locked_menu_day();

CREATE FUNCTION kitchens_locked_menu_dish() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  locked integer;
BEGIN
  SELECT count(*) INTO locked FROM kitchens_menuday
   WHERE id IN (CASE TG_OP WHEN 'INSERT' THEN NEW.menu_day_id ELSE OLD.menu_day_id END,
                CASE TG_OP WHEN 'DELETE' THEN OLD.menu_day_id ELSE NEW.menu_day_id END)
     AND locked_at IS NOT NULL;
  IF locked > 0 THEN
    RAISE EXCEPTION 'the dishes of a locked menu day do not change'
      USING ERRCODE = 'restrict_violation', CONSTRAINT = 'menu_dish_locked';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER menu_dish_locked BEFORE INSERT OR UPDATE OR DELETE ON kitchens_menudish
  FOR EACH ROW EXECUTE FUNCTION kitchens_locked_menu_dish();
"""

UNLOCK = """
DROP TRIGGER menu_dish_locked ON kitchens_menudish;
DROP FUNCTION kitchens_locked_menu_dish();
DROP TRIGGER menu_day_locked ON kitchens_menuday;
DROP FUNCTION kitchens_locked_menu_day();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("kitchens", "0003_recipes_menus_and_payback"),
        ("ground", "0002_extensions_and_trail"),
    ]

    operations = [
        *[
            migrations.RunSQL(
                f"ALTER TABLE kitchens_{table} ADD CONSTRAINT {name} FOREIGN KEY ({columns}) REFERENCES {target}",
                f"ALTER TABLE kitchens_{table} DROP CONSTRAINT {name}",
            )
            for table, name, columns, target in LINKS
        ],
        migrations.RunSQL(LOCKS, UNLOCK),
        *[
            trailed(f"kitchens_{name}")
            for name in [
                "recipe", "menuday", "menudish", "daytold", "dishcount", "surplusmeasurement", "wasteday",
                "paybackboard", "kitchenclosure",
            ]
        ],
        trailed("kitchens_taplink", left_out=["nonce"]),
        *[
            trailed(f"kitchens_{name}", append_only=True)
            for name in ["recipeversion", "recipeline", "paybackdefinition"]
        ],
        # Taps and their meter are outside the trail: what one pupil chose is to be gone after the day's sum.
    ]
