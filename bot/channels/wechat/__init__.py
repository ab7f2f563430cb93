"""The protocol of WeChat (公众号) and WeCom (企业微信): what they send, decoded; what we reply, encoded."""
