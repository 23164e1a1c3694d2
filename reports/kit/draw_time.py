"""Timelines: one line a task, its status by shape and word, what is done in full, steps as diamonds."""

from __future__ import annotations

import datetime

import numpy as np

from maps.canvas import INK, INK_SOFT, LINE, OCHRE, TEXT, TEXT2, TEXT3, WHITE, Box, Canvas, Face, Pen, fitted
from reports.kit.chart_base import GRID, RULE, Scale, draw_no_data, line, write_name
from reports.kit.charts import Gantt, GanttTask
from reports.kit.prose import clean
from reports.kit.signs import sign_of

ROW, GROUP, HEAD = 14.0, 13.0, 22.0
NAMES = 0.40
"""Share of the width kept for names."""


def gantt_height(chart: Gantt) -> float:
    """Return the height that suits a timeline."""
    return HEAD + ROW * len(chart.tasks) + GROUP * len(_groups(chart)) + 6


def _groups(chart: Gantt) -> set[str]:
    return {task.group for task in chart.tasks if task.group}


def draw_gantt(canvas: Canvas, chart: Gantt, box: Box) -> None:
    """Draw the timeline; a task without dates says so."""
    if not chart.tasks or chart.ends_on <= chart.starts_on:
        draw_no_data(canvas, box)
        return
    names = box.w * NAMES
    plot = Box(box.x + names, box.y + HEAD, box.w - names, box.h - HEAD - 4)
    scale = Scale(chart.starts_on.toordinal(), chart.ends_on.toordinal() + 1, plot.x, plot.right)
    _draw_years(canvas, chart, plot, scale)
    y, group = plot.y, ""
    for task in chart.tasks:
        if task.group and task.group != group:
            face = Face(7.4, 600, TEXT)
            canvas.rect(Box(box.x, y + 1, box.w, GROUP - 1), fill="#F4F3F0")
            canvas.text(box.x + 3, y + 9.6, fitted(clean(task.group), face, box.w - 6), face)
            y += GROUP
        group = task.group
        _draw_task(canvas, task, Box(box.x, y, names, ROW), plot, scale)
        y += ROW
    if chart.today and chart.starts_on <= chart.today <= chart.ends_on:
        at = scale.at(chart.today.toordinal())
        line(canvas, at, plot.y - 6, at, y, Pen(OCHRE, 0.9))
        canvas.text(at, plot.y - 8, "aujourd’hui", Face(6.2, 400, OCHRE), "middle")


def _draw_years(canvas: Canvas, chart: Gantt, plot: Box, scale: Scale) -> None:
    first, last = chart.starts_on, chart.ends_on
    months = last.year * 12 + last.month - first.year * 12 - first.month + 1
    step = 3 if months > 14 else 1
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month + 1):
        year, rank = divmod(month, 12)
        start = scale.at(datetime.date(year, rank + 1, 1).toordinal())
        if not plot.x - 0.5 <= start <= plot.right + 0.5:
            continue
        january = rank == 0
        if january or rank % step == 0:
            line(canvas, start, plot.y, start, plot.bottom, RULE if january else GRID)
    for year in range(first.year, last.year + 1):
        left = max(scale.at(datetime.date(year, 1, 1).toordinal()), plot.x)
        right = min(scale.at(datetime.date(year + 1, 1, 1).toordinal()), plot.right)
        if right - left > 20:
            canvas.text((left + right) / 2, plot.y - 14, str(year), Face(7.4, 600, TEXT2), "middle")


def _draw_task(canvas: Canvas, task: GanttTask, name: Box, plot: Box, scale: Scale) -> None:
    middle = name.y + name.h / 2
    indent = 0.0
    if task.status:
        sign = sign_of(task.status)
        sign.shape(canvas, name.x + 5, middle, 3.2, sign.colour)
        indent = 12.0
    write_name(canvas, task.name, Box(name.x + indent, name.y, name.w - indent - 6, name.h), size=7.2)
    line(canvas, name.x, name.bottom, plot.right, name.bottom, Pen(LINE, 0.4))
    if task.starts_on is None or task.ends_on is None:
        canvas.text(plot.x + 4, middle + 2.4, "dates non fixées", Face(6.6, 400, TEXT3))
    else:
        _draw_span(canvas, task, (task.starts_on, task.ends_on), middle, scale)
    for on, reached in task.milestones:
        at, r = scale.at(on.toordinal()), 2.6
        if plot.x <= at <= plot.right:
            shape = np.array([[at, middle - r], [at + r, middle], [at, middle + r], [at - r, middle]])
            canvas.path([shape], fill=INK if reached else WHITE, pen=Pen(INK, 0.8))


def _draw_span(
    canvas: Canvas, task: GanttTask, dates: tuple[datetime.date, datetime.date], middle: float, scale: Scale
) -> None:
    left = min(max(scale.at(dates[0].toordinal()), scale.start), scale.end)
    right = min(max(scale.at(dates[1].toordinal() + 1), left + 1.5), scale.end)
    dropped = task.status in ("deprogrammee", "abandonnee")
    pen = Pen(TEXT3, 0.7, (1.8, 1.4)) if dropped else Pen("#8FB3C1", 0.6)
    canvas.rect(Box(left, middle - 3.2, right - left, 6.4), fill=WHITE if dropped else INK_SOFT, pen=pen)
    done = min(max(task.done or 0.0, 0.0), 1.0)
    if done and not dropped:
        canvas.rect(Box(left, middle - 3.2, (right - left) * done, 6.4), fill=INK)
