"""What a browser sends back from a form of the admin."""


def fields_on(page):
    """Return all fields of the page's form as they would be sent back, left as they are."""
    return sent_by(page.context["adminform"].form) | inlines_on(page)


def inlines_on(page):
    """Return the fields of the page's inline forms as they would be sent back."""
    sent = {}
    for inline in page.context["inline_admin_formsets"]:
        for form in (inline.formset.management_form, *inline.formset.forms):
            sent |= sent_by(form)
    return sent


def save(browser, address, **edits):
    """Open a page, change some fields of its form and send it."""
    page = browser.get(address)
    sent = {**fields_on(page), **edits}
    return browser.post(address, sent, follow=True)


def sent_by(form):
    """Return the fields of one form as they would be sent back, left as they are."""
    sent = {}
    for bound in form:
        sent |= _pair(bound.html_name, bound.value())
        if bound.field.show_hidden_initial:
            sent |= {bound.html_initial_name: _plain(bound.initial)}
    return sent


def _pair(name, value):
    if isinstance(value, bool):
        return {name: "on"} if value else {}
    return {name: _plain(value)}


def _plain(value):
    return "" if value is None else str(value)
