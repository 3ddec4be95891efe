"""The jobs of orders, as plain data."""

from config.ground.jobs import Job

JOBS = (
    Job(
        name="close_due_runs",
        task="orders.tasks.close_due_runs",
        every_seconds=60,
        late_after_seconds=180,
        title_sv="Letar upp stopptider som passerat",
        title_en="Looks for cut-offs that have passed",
    ),
    Job(
        name="close_run",
        task="orders.tasks.close_due_runs",  # finds each run that is still open, whichever it was
        every_seconds=None,
        late_after_seconds=24 * 3600 * 14,
        title_sv="Samlar en gårds beställningar till inköpsorder",
        title_en="Batches a farm's orders into purchase orders",
    ),
    Job(
        name="tally",
        task="orders.tasks.tally",
        every_seconds=30,
        late_after_seconds=600,
        title_sv="Räknar samman mängder och belopp",
        title_en="Tallies quantities and amounts",
    ),
    Job(
        name="prove_balances",
        task="orders.tasks.prove_balances",
        every_seconds=24 * 3600,
        late_after_seconds=36 * 3600,
        title_sv="Bevisar alla räknare mot sina rader",
        title_en="Proves every counter from its rows",
    ),
    Job(
        name="dispose",
        task="orders.tasks.dispose_by_rule",
        every_seconds=24 * 3600,
        late_after_seconds=36 * 3600,
        title_sv="Gallrar efter myndigheternas daterade regler",
        title_en="Disposes of what the authorities' dated rules reach",
    ),
    Job(
        name="make_report_files",
        task="orders.tasks.make_report_files",
        every_seconds=15,
        late_after_seconds=300,
        title_sv="Letar upp filer som väntar på att göras",
        title_en="Looks for files that wait to be made",
    ),
    Job(
        name="make_report_file",
        task="orders.tasks.make_report_files",  # finds each file that still waits, whichever it was
        every_seconds=None,
        late_after_seconds=24 * 3600 * 14,
        title_sv="Gör en fil av en rapport",
        title_en="Makes a report's file",
    ),
    Job(
        name="ask_reports",
        task="orders.tasks.ask_reports",
        every_seconds=3600,
        late_after_seconds=3 * 3600,
        title_sv="Gör de sparade rapporter som ska skickas",
        title_en="Makes the saved reports that are due by mail",
    ),
)
