"""Pages that are the same for everybody: a browser may keep them and asks whether they have changed."""

from flask import Response, make_response, render_template, request

from bot.answering import wording


def public_page(template: str, **values: object) -> Response:
    """A page with an ETag of its content; 304 for a browser that has it already."""
    response = make_response(render_template(template, **values))
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response


def gone_page() -> Response:
    """The page for a link to a document that is not held, or not any more."""
    return make_response(render_template("error.html", sentence=wording.DOCUMENT_GONE), 404)
