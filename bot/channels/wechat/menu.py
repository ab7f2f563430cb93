"""The menu of a 公众号, as the platform's interface takes it."""

from collections.abc import Mapping

from bot.content.topics import Topics

Button = Mapping[str, object]


def platform_menu(topics: Topics) -> Mapping[str, list[Button]]:
    """The body that creates the menu: each topic is a click button with its key.

    Source: developers.weixin.qq.com/doc/service/api/custommenu/api_createcustommenu.html
    """
    return {
        "button": [
            {
                "name": menu.name,
                "sub_button": [
                    {"type": "click", "name": topic.name, "key": topic.key} for topic in menu.topics
                ],
            }
            for menu in topics.menus
        ]
    }
