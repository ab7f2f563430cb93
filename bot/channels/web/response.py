"""Responses of pages: browsers do not keep them, and reloading posts nothing twice."""

from flask import Response, make_response, redirect, render_template


def see(address: str) -> Response:
    """Redirects the browser after a form was posted."""
    response = make_response(redirect(address, 303))
    response.headers["Cache-Control"] = "no-store"
    return response


def page_response(template: str, status: int, **values: object) -> Response:
    """A page that the browser does not keep: the next person at a kiosk must not find it."""
    response = make_response(render_template(template, **values), status)
    response.headers["Cache-Control"] = "no-store"
    return response
